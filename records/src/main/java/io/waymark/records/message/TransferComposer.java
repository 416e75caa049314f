package io.waymark.records.message;

import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.ResourceRecord;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The messages of a zone transfer (RFC 5936 §2.2): records in the answer sections of as many
/// messages as it takes, each with the query's question. Made one by one, when they are asked for;
/// for one thread at a time.
public final class TransferComposer implements Iterator<byte[]> {
    /// Names can be pointed to in the first 16 KiB of a message only (RFC 1035 §4.1.4): larger ones
    /// would carry their names in full.
    private static final int OCTETS_USUAL = 1 << 14;

    private final Query query;
    private final Iterator<RecordSet> rrsets;
    private final MessageWriter out = new MessageWriter();
    private @Nullable RecordSet current;
    private int nextOfCurrent;

    /// @param rrsets in the order in which they are sent
    public TransferComposer(Query query, Iterator<RecordSet> rrsets) {
        this.query = query;
        this.rrsets = rrsets;
    }

    @Override
    public boolean hasNext() {
        return current != null || rrsets.hasNext();
    }

    /// The next message, of at most 64 KiB. What `rrsets` throws comes through.
    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the transfer is complete");
        }
        var usual = compose(OCTETS_USUAL);
        return usual.length > 0 ? usual : compose(Message.OCTETS_MAX);
    }

    /// Empty if not even one record fits.
    private byte[] compose(int limit) {
        var asked = query.ednsOrNull();
        int reserved = asked == null ? 0 : EdnsReply.octets(asked);
        var target = new byte[limit];
        out.begin(target, 0, limit - reserved);
        out.question(query.questionOctets(), query.question().name());
        int records = 0;
        for (var set = set(); set != null; set = set()) {
            if (!out.record(
                    set.owner(),
                    ResourceRecord.CLASS_IN,
                    set.ttl(),
                    set.type(),
                    set.data().get(nextOfCurrent))) {
                break;
            }
            records++;
            nextOfCurrent++;
        }
        if (records == 0 && limit == Message.OCTETS_MAX) {
            throw new IllegalStateException("a record does not fit into a message: " + current);
        }
        if (records == 0) {
            return new byte[0];
        }
        out.extend(reserved);
        if (asked != null) {
            EdnsReply.write(out, asked, Rcode.NOERROR);
        }
        int flags = Header.QR | Header.AA | query.flags() & ReplyComposer.FLAGS_REPEATED;
        out.header(query.id(), flags, 1, records, 0, asked == null ? 0 : 1);
        return Arrays.copyOf(target, out.length());
    }

    /// The RRset of the next record; null behind the last.
    private @Nullable RecordSet set() {
        if (current != null && nextOfCurrent == current.data().size()) {
            current = null;
        }
        if (current == null && rrsets.hasNext()) {
            current = rrsets.next();
            nextOfCurrent = 0;
        }
        return current;
    }
}
