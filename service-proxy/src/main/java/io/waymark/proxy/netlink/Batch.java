package io.waymark.proxy.netlink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// A transaction of nfnetlink: the kernel does all of its messages or none. Only the last message
/// asks for an acknowledgement; it arrives after the commit. Each message has a subject, the words
/// for it in an error. Not for several threads; sent at most once.
public final class Batch {
    private static final int SUBSYSTEM_NFTABLES = 10;
    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;
    private static final int BATCH_GENERATION = 1;
    private static final int REQUEST = 1;
    private static final int ACK = 4;

    private final MessageWriter writer = new MessageWriter();
    private final List<String> subjects = new ArrayList<>();
    private int[] starts = new int[16];
    private boolean complete;

    private Batch(OptionalInt generation) {
        starts[0] = writer.beginMessage(BATCH_BEGIN, REQUEST, 0, SUBSYSTEM_NFTABLES);
        generation.ifPresent(value -> writer.be32(BATCH_GENERATION, value));
        writer.endMessage(starts[0]);
    }

    /// Of nf_tables, whatever others do.
    public static Batch nftables() {
        return new Batch(OptionalInt.empty());
    }

    /// Of nf_tables, refused with ERESTART if anybody changed anything since that generation.
    public static Batch nftablesSince(int generation) {
        return new Batch(OptionalInt.of(generation));
    }

    /// Starts a message.
    /// @param kind    of nf_tables: NFT_MSG_x
    /// @param flags   besides NLM_F_REQUEST
    /// @param family  2 is IPv4, 10 is IPv6
    /// @return writes the attributes, until [#end]
    public MessageWriter begin(int kind, int flags, int family) {
        mark(writer.beginMessage(SUBSYSTEM_NFTABLES << 8 | kind, REQUEST | flags, family, 0));
        return writer;
    }

    /// Completes the message that was begun.
    /// @param subject what it is about, such as `a rule of chain services in table ip waymark`
    public void end(String subject) {
        subjects.add(subject);
        writer.endMessage(starts[subjects.size()]);
    }

    private void mark(int start) {
        int index = subjects.size() + 1;
        if (index >= starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[index] = start;
    }

    /// Messages, begin and end left out.
    public int size() {
        return subjects.size();
    }

    public boolean isEmpty() {
        return subjects.isEmpty();
    }

    /// Octets so far.
    public int octets() {
        return writer.length();
    }

    /// Ends it and numbers its messages: begin is `first`, the end is `first + size() + 1`.
    MessageWriter complete(int first) {
        if (complete || subjects.isEmpty()) {
            throw new IllegalStateException(complete ? "a batch is sent once" : "an empty batch is not sent");
        }
        complete = true;
        int last = subjects.size();
        writer.addFlags(starts[last], ACK);
        for (int index = 0; index <= last; index++) {
            writer.sequence(starts[index], first + index);
        }
        int end = writer.beginMessage(BATCH_END, REQUEST, 0, SUBSYSTEM_NFTABLES);
        writer.endMessage(end);
        writer.sequence(end, first + last + 1);
        return writer;
    }

    /// What the message with that number, begin being 0, is about.
    String subject(int index) {
        return index >= 1 && index <= subjects.size() ? subjects.get(index - 1) : "the batch";
    }

    @Override
    public String toString() {
        return "a batch of " + subjects.size() + " messages, " + writer.length() + " octets";
    }
}
