package io.waymark.records.gen;

import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Random records and messages. The names of one generator come from a small pool, so that
/// compression has something to find.
public final class MessageGen {
    /// Types and options that nobody gives a shape (RFC 6895 §3.1, RFC 6891 §9).
    private static final int PRIVATE_TYPE = 65280;

    private static final int PRIVATE_OPTION = 65001;

    private final Gen gen;
    private final List<DomainName> names = new ArrayList<>();

    public MessageGen(Gen gen) {
        this.gen = gen;
        for (int i = 0; i < 8; i++) {
            names.add(i == 0 || gen.oneIn(3) ? gen.name() : gen.child(gen.one(names)));
        }
    }

    /// A name of the pool, or one label below one.
    public DomainName name() {
        var name = gen.one(names);
        return gen.oneIn(3) ? gen.child(name) : name;
    }

    public Question question() {
        return new Question(name(), gen.one(List.of(RecordType.A, RecordType.AAAA, RecordType.SRV, RecordType.ANY)), 1);
    }

    /// Data of any shape, all types in equal parts.
    public RecordData data() {
        return data(gen.below(10));
    }

    private RecordData data(int shape) {
        return switch (shape) {
            case 0 -> new RecordData.A(gen.v4());
            case 1 -> new RecordData.Aaaa(gen.v6());
            case 2 -> new RecordData.Srv(int16(), int16(), int16(), name());
            case 3 -> new RecordData.Ptr(name());
            case 4 -> new RecordData.Cname(name());
            case 5 -> new RecordData.Ns(name());
            case 6 -> new RecordData.Mx(int16(), name());
            case 7 -> new RecordData.Txt(several(1, 3, i -> text()));
            case 8 -> new RecordData.Unknown(RecordType.of(PRIVATE_TYPE + gen.below(4)), gen.octets(gen.below(40)));
            default ->
                new RecordData.Soa(name(), name(), gen.int32(), gen.int32(), gen.int32(), gen.int32(), gen.int32());
        };
    }

    private String text() {
        int size = gen.oneIn(10) ? 255 : gen.below(12);
        return new String(gen.octets(size), StandardCharsets.ISO_8859_1);
    }

    public ResourceRecord record() {
        return new ResourceRecord(name(), ResourceRecord.CLASS_IN, gen.int32() & Integer.MAX_VALUE, data());
    }

    /// One to four data of one type; in one of twenty, a hundred.
    public RecordSet recordSet() {
        int shape = gen.below(8);
        var data = several(1, gen.oneIn(20) ? 100 : 4, i -> data(shape));
        return new RecordSet(name(), data.getFirst().type(), gen.below(1000), data);
    }

    /// A reply to `question`, mostly about its name, with all that the hot path can send.
    public Reply reply() {
        var rcode = gen.one(List.of(Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.REFUSED));
        return new Reply(
                rcode,
                gen.oneIn(2),
                gen.oneIn(2),
                several(0, 3, i -> recordSet()),
                several(0, 2, i -> recordSet()),
                several(0, 3, i -> recordSet()));
    }

    public Optional<Edns> edns() {
        if (gen.oneIn(3)) {
            return Optional.empty();
        }
        var options = several(0, 3, i -> option());
        return Optional.of(new Edns(int16(), 0, gen.oneIn(2), options));
    }

    private Edns.Option option() {
        int code = gen.one(List.of(Edns.NSID, Edns.COOKIE, Edns.PADDING, PRIVATE_OPTION, PRIVATE_OPTION + 1));
        return new Edns.Option(code, gen.octets(code == Edns.COOKIE ? 8 : gen.below(20)));
    }

    /// Any message; the response code in step with header and EDNS, as [Message] demands. Its
    /// highest bit is clear: dnsjava takes it for the sign of a TTL.
    public Message message() {
        var edns = edns();
        var rcode = new Rcode(edns.isPresent() && gen.oneIn(5) ? gen.below(0x800) : gen.below(16));
        int flags = gen.int32() & 0xfff0 | rcode.code() & 0xf;
        return new Message(
                new Header(int16(), flags),
                rcode,
                several(gen.oneIn(10) ? 0 : 1, gen.oneIn(10) ? 3 : 1, i -> question()),
                several(0, 6, i -> record()),
                several(0, 3, i -> record()),
                several(0, 6, i -> record()),
                edns);
    }

    private int int16() {
        return gen.below(0x10000);
    }

    private <T> List<T> several(int least, int most, IntFunction<T> make) {
        return IntStream.range(0, gen.between(least, most)).mapToObj(make).toList();
    }
}
