package io.waymark.testzones.ask;

import io.waymark.testzones.peer.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The world outside the cluster, over UDP and TCP: a few names below `test.`, one below
/// `acme.local.`, and NXDOMAIN for all others; SERVFAIL for `broken.test.`. Lifecycle: answering from the constructor
/// to [#close].
public final class StubUpstream implements AutoCloseable {
    private static final String RECORDS = """
            www.test.      60 IN A     192.0.2.80
            www.test.      60 IN AAAA  2001:db8::80
            www.test.      60 IN TXT   "outside"
            v4only.test.   60 IN A     192.0.2.81
            alias.test.    60 IN CNAME www.test.
            dangling.test. 60 IN CNAME gone.test.
            www.acme.local. 60 IN A    192.0.2.90
            """;
    private static final int UDP_OCTETS_MAX = 1232;
    private static final int TCP_OCTETS_MAX = 0xffff;
    private static final String SOA = "test. 60 IN SOA ns.test. hostmaster.test. 1 7200 1800 86400 60";

    private final LoopbackServer server;
    private final List<Record> records;
    private final Record soa;
    private final int port = Program.freePort();

    /// Binds a free port of 127.0.0.1 and answers from a thread of its own.
    public StubUpstream() {
        try {
            records = read(RECORDS);
            soa = read(SOA).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = new LoopbackServer(
                port,
                (query, protocol) -> List.of(answer(query)
                        .toWire(protocol == LoopbackServer.Protocol.UDP ? UDP_OCTETS_MAX : TCP_OCTETS_MAX)));
    }

    private static List<Record> read(String text) throws IOException {
        try (var reader = new Master(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))) {
            var all = new ArrayList<Record>();
            for (var record = reader.nextRecord(); record != null; record = reader.nextRecord()) {
                all.add(record);
            }
            return all;
        }
    }

    /// Where it listens.
    public int port() {
        return port;
    }

    private Message answer(Message query) {
        var reply = LoopbackServer.replyTo(query);
        var question = query.getQuestion();
        if (question.getName().toString(true).equalsIgnoreCase("broken.test")) {
            reply.getHeader().setRcode(Rcode.SERVFAIL);
            return reply;
        }
        var name = question.getName();
        for (var alias = at(name, Type.CNAME); alias.isPresent(); alias = at(name, Type.CNAME)) {
            reply.addRecord(alias.get(), Section.ANSWER);
            name = ((CNAMERecord) alias.get()).getTarget();
            if (question.getType() == Type.CNAME) {
                return reply;
            }
        }
        var found = at(name, question.getType());
        if (found.isPresent()) {
            reply.addRecord(found.get(), Section.ANSWER);
            return reply;
        }
        var owner = name;
        if (records.stream().noneMatch(record -> record.getName().equals(owner))) {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        reply.addRecord(soa, Section.AUTHORITY);
        return reply;
    }

    private Optional<Record> at(Name name, int type) {
        return records.stream()
                .filter(record -> record.getName().equals(name) && record.getType() == type)
                .findFirst();
    }

    @Override
    public void close() {
        server.close();
    }
}
