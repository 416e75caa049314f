package io.waymark.proxy.iptables.xt;

import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.Match;
import io.waymark.proxy.iptables.chains.Match.Is;
import io.waymark.proxy.iptables.chains.Target;
import io.waymark.proxy.netlink.MessageWriter;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.netlink.nft.Verdict;
import io.waymark.records.address.Cidr;
import io.waymark.records.cluster.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Makes of a rule the expressions that `iptables-nft` makes of it: addresses, protocol, interface,
/// single ports and marks by nf_tables' own, everything else by iptables' extensions in their binary
/// forms ([Extension]). Attributes come in the order in which the kernel dumps them, so that what is
/// read back compares as octets. Not for several threads.
public final class RuleEncoder {
    private static final int LIST_ELEMENT = 1;
    private static final int NAME = 1;
    private static final int DATA = 2;
    private static final int VALUE = 1;
    private static final int VERDICT = 2;
    private static final int REGISTER = 1;
    private static final int NETWORK = 1;
    private static final int TRANSPORT = 2;
    private static final int META_MARK = 3;
    private static final int META_INTERFACE_IN = 6;
    private static final int META_PROTOCOL = 16;
    private static final int DESTINATION_PORT = 2;

    private final NfFamily family;
    private MessageWriter writer = new MessageWriter();
    private boolean extended;
    /// Where the expression that is being written starts.
    private int element;

    public RuleEncoder(NfFamily family) {
        this.family = family;
    }

    public EncodedRule encode(ChainRule rule) {
        writer = new MessageWriter();
        extended = false;
        int protocol = 0;
        for (var match : rule.matches()) {
            if (match instanceof Match.OfProtocol(var of)) {
                protocol = number(of);
            }
            match(match);
        }
        int counter = begin("counter");
        writer.be64(1, 0);
        writer.be64(2, 0);
        end(counter);
        target(rule.target());
        return new EncodedRule(Octets.owning(writer.toByteArray()), extended ? protocol : 0);
    }

    static int number(Protocol protocol) {
        return switch (protocol) {
            case TCP -> 6;
            case UDP -> 17;
            case SCTP -> 132;
        };
    }

    private void match(Match match) {
        switch (match) {
            case Match.Interface(var name, var is) -> {
                meta(META_INTERFACE_IN);
                var text = name.endsWith("+") ? name.substring(0, name.length() - 1) : name + '\0';
                compare(text.getBytes(StandardCharsets.UTF_8), is);
            }
            case Match.OfProtocol(var protocol) -> {
                meta(META_PROTOCOL);
                compare(new byte[] {(byte) number(protocol)}, Is.THIS);
            }
            case Match.Source(var cidr, var is) -> address(family == NfFamily.IP ? 12 : 8, cidr, is);
            case Match.Destination(var cidr, var is) -> address(destination(), cidr, is);
            case Match.LastOctet(int last, int mask) -> masked(destination(), last(last), last(mask), Is.THIS);
            case Match.Port port -> port(port);
            case Match.AnyPort(var protocol) -> extension("match", Extension.anyPort(protocol));
            case Match.Comment(var text) -> extension("match", Extension.comment(text));
            case Match.OneIn one -> extension("match", Extension.oneIn(one.share()));
            case Match.Remember(var list) -> extension("match", Extension.remember(list));
            case Match.Remembered(var list, int seconds) -> extension("match", Extension.remembered(list, seconds));
            case Match.FromLocal it -> extension("match", Extension.fromLocal());
            case Match.ToLocal it -> extension("match", Extension.toLocal());
            case Match.InState(var states, var is) ->
                extension(
                        "match",
                        Extension.inState(
                                states.stream().mapToInt(Match.State::bit).sum(), is));
            case Match.Marked(int bit, var is) -> {
                meta(META_MARK);
                var mark = Octets.ofHost(bit).toByteArray();
                mask(mark);
                compare(mark, is);
            }
        }
    }

    private int destination() {
        return family == NfFamily.IP ? 16 : 24;
    }

    private byte[] last(int octet) {
        var address = new byte[addressOctets()];
        address[address.length - 1] = (byte) octet;
        return address;
    }

    private int addressOctets() {
        return family == NfFamily.IP ? 4 : 16;
    }

    private void address(int offset, Cidr cidr, Is is) {
        var octets = cidr.network().octets();
        int length = cidr.prefixLength();
        if (length == 0 && is == Is.THIS) {
            return;
        }
        if (length % 8 == 0 && length > 0) {
            payload(NETWORK, offset, length / 8);
            compare(Arrays.copyOf(octets, length / 8), is);
            return;
        }
        var mask = new byte[octets.length];
        for (int bit = 0; bit < length; bit++) {
            mask[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        masked(offset, octets, mask, is);
    }

    private void masked(int offset, byte[] address, byte[] mask, Is is) {
        payload(NETWORK, offset, address.length);
        mask(mask);
        compare(address, is);
    }

    private void port(Match.Port port) {
        switch (port.protocol()) {
            case TCP, UDP -> {
                payload(TRANSPORT, DESTINATION_PORT, 2);
                if (port.first() == port.last()) {
                    compare(big16(port.first()), Is.THIS);
                } else {
                    int range = begin("range");
                    writer.be32(1, REGISTER);
                    writer.be32(2, 0);
                    value(3, big16(port.first()));
                    value(4, big16(port.last()));
                    end(range);
                }
            }
            case SCTP -> extension("match", Extension.sctp(port.first(), port.last()));
        }
    }

    private static byte[] big16(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }

    private void target(Target target) {
        switch (target) {
            case Target.None it -> {}
            case Target.Jump(var chain) -> verdict(Verdict.jump(chain));
            case Target.Return it -> verdict(Verdict.RETURN);
            case Target.Accept it -> verdict(Verdict.ACCEPT);
            case Target.Drop it -> verdict(Verdict.DROP);
            case Target.Reject it -> extension("target", Extension.reject(family));
            case Target.SetMark(int bit) -> extension("target", Extension.mark(bit, bit));
            case Target.FlipMark(int bit) -> extension("target", Extension.mark(bit, 0));
            case Target.Masquerade it -> extension("target", Extension.masquerade(family));
            case Target.Dnat(var to) -> extension("target", Extension.dnat(to));
        }
    }

    private void verdict(Verdict verdict) {
        int data = begin("immediate");
        writer.be32(1, 0);
        int inner = writer.openUnmarked(2);
        int held = writer.openUnmarked(VERDICT);
        writer.be32(1, verdict.code());
        if (!verdict.chain().isEmpty()) {
            writer.text(2, verdict.chain());
        }
        writer.close(held);
        writer.close(inner);
        end(data);
    }

    private void extension(String kind, Extension extension) {
        extended = true;
        int data = begin(kind);
        writer.text(1, extension.name());
        writer.be32(2, extension.revision());
        writer.octets(3, extension.octets());
        end(data);
    }

    private void meta(int key) {
        int data = begin("meta");
        writer.be32(2, key);
        writer.be32(1, REGISTER);
        end(data);
    }

    private void payload(int base, int offset, int length) {
        int data = begin("payload");
        writer.be32(1, REGISTER);
        writer.be32(2, base);
        writer.be32(3, offset);
        writer.be32(4, length);
        end(data);
    }

    private void mask(byte[] mask) {
        int data = begin("bitwise");
        writer.be32(1, REGISTER);
        writer.be32(2, REGISTER);
        writer.be32(3, mask.length);
        writer.be32(6, 0);
        value(4, mask);
        value(5, new byte[mask.length]);
        end(data);
    }

    private void compare(byte[] octets, Is is) {
        int data = begin("cmp");
        writer.be32(1, REGISTER);
        writer.be32(2, is == Is.THIS ? 0 : 1);
        value(3, octets);
        end(data);
    }

    private void value(int type, byte[] octets) {
        int data = writer.openUnmarked(type);
        writer.octets(VALUE, octets);
        writer.close(data);
    }

    private int begin(String name) {
        element = writer.openUnmarked(LIST_ELEMENT);
        writer.text(NAME, name);
        return writer.openUnmarked(DATA);
    }

    private void end(int data) {
        writer.close(data);
        writer.close(element);
    }
}
