package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole zones over real connections: RFC 5936, RFC 1995.
class TransferTest {
    private static final int MILLIS_MAX = 20_000;
    private static final DomainName ZONE = DomainName.of("cluster.local.");

    private final HandSource source = new HandSource();

    @Test
    void aZoneOfManyServicesComesWholeInSeveralMessages() throws IOException {
        source.bring(IntStream.range(0, 3_000)
                        .mapToObj(i -> "service shop/s%d 10.96.%d.%d http=80/TCP".formatted(i, i / 250, 1 + i % 250))
                        .collect(Collectors.joining("\n")))
                .sync();
        try (var server = start("transfer {\n to *\n }")) {
            var messages = transfer(server, query(ZONE, RecordType.AXFR, Optional.empty()));
            assertThat(messages).hasSizeGreaterThan(5);
            var records = messages.stream()
                    .flatMap(message -> message.answer().stream())
                    .toList();
            assertThat(records).hasSize(2 + 1 + 3 * 3_000);
            assertThat(records.getFirst()).isEqualTo(records.getLast());
            assertThat(server.defects()).isZero();
        }
    }

    @Test
    void whoHasTheSerialGetsTheSoaAloneAndWhoHasAnotherEverything() throws IOException {
        source.bring("service shop/cart 10.96.0.10 http=80/TCP").sync();
        try (var server = start("transfer {\n to 127.0.0.1 10.0.0.9:5353\n }")) {
            var whole = transfer(server, query(ZONE, RecordType.AXFR, Optional.empty()));
            var soa = whole.getFirst().answer().getFirst();
            int serial = ((RecordData.Soa) soa.data()).serial();
            assertThat(transfer(server, query(ZONE, RecordType.IXFR, Optional.of(serial)))
                            .getFirst()
                            .answer())
                    .containsExactly(soa);
            assertThat(transfer(server, query(ZONE, RecordType.IXFR, Optional.of(serial + 1)))
                            .getFirst()
                            .answer())
                    .isEqualTo(whole.getFirst().answer());
        }
    }

    @ParameterizedTest(name = "{0}, {2} of {1}: {3}, {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # transfer                    | zone                   | type | says     | because
            transfer {~to 10.0.0.9~}      | cluster.local.         | AXFR | REFUSED  | the client is not named
            transfer {~to *~}             | shop.svc.cluster.local. | AXFR | REFUSED | it is no apex
            transfer {~to *~}             | cluster.local.         | IXFR | SERVFAIL | it does not say what it has
            transfer a.org {~to *~}       | cluster.local.         | AXFR | REFUSED  | another zone is named
            transfer in-addr.arpa {~to *~} | cluster.local.        | AXFR | REFUSED  | another zone is named
                                          | cluster.local.         | AXFR | REFUSED  | there is no transfer
            """)
    void says(String transfer, String zone, String type, String says, String because) throws IOException {
        source.bring("service shop/cart 10.96.0.10 http=80/TCP").sync();
        try (var server = start(transfer == null ? "" : transfer.replace('~', '\n'))) {
            var query = query(DomainName.of(zone), RecordType.parse(type).orElseThrow(), Optional.empty());
            assertThat(transfer(server, query).getFirst().rcode()).as(because).hasToString(says);
        }
    }

    @Test
    void overUdpEveryTransferIsRefused() throws IOException {
        source.sync();
        try (var server = start("transfer {\n to *\n }");
                var client = new Client(server)) {
            assertThat(client.udp(Ask.query(7, "cluster.local.", RecordType.AXFR)))
                    .isEqualTo("REFUSED");
            assertThat(client.udp(query(ZONE, RecordType.IXFR, Optional.of(0)))).isEqualTo("REFUSED");
        }
    }

    @Test
    void aZoneThatIsNotKnownCompletelyIsNotHandedOver() throws IOException {
        source.bring("service shop/cart 10.96.0.10 http=80/TCP");
        try (var server = start("transfer {\n to *\n }")) {
            assertThat(transfer(server, query(ZONE, RecordType.AXFR, Optional.empty()))
                            .getFirst()
                            .rcode())
                    .isEqualTo(Rcode.SERVFAIL);
        }
    }

    private DnsServer start(String transfer) {
        var corefile = """
                . {
                    bind 127.0.0.1
                    %s
                    kubernetes cluster.local in-addr.arpa {
                        startup_timeout 0s
                    }
                }
                """.formatted(transfer);
        return switch (ServerPlan.read("Corefile", corefile, name -> Optional.empty(), ImportResolver.NONE, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(
                        DnsServerConfig.of(plan, CorefileOrigin.fixed(plan), (api, limits, scope, observer) -> source));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(List.copyOf(problems));
        };
    }

    private static byte[] query(DomainName zone, RecordType type, Optional<Integer> serial) {
        var soa = serial
                .map(has -> new ResourceRecord(
                        zone, 1, 0, new RecordData.Soa(DomainName.ROOT, DomainName.ROOT, has, 0, 0, 0, 0)))
                .stream()
                .toList();
        var message = new Message(
                new Header(7, 0),
                Rcode.NOERROR,
                List.of(new Question(zone, type, 1)),
                List.of(),
                soa,
                List.of(),
                Optional.empty());
        return MessageComposer.compose(message, Message.UDP_OCTETS_MIN);
    }

    /// Reads messages until the SOA stands at the end, or one says that there are none.
    private static List<Message> transfer(DnsServer server, byte[] query) throws IOException {
        int port = server.addresses().getFirst().port();
        try (var connection = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            connection.setSoTimeout(MILLIS_MAX);
            var out = new DataOutputStream(connection.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            var in = new DataInputStream(connection.getInputStream());
            var messages = new ArrayList<Message>();
            boolean goesOn = true;
            while (goesOn) {
                var octets = new byte[in.readUnsignedShort()];
                in.readFully(octets);
                messages.add(Ask.parse(octets));
                var answer = messages.getLast().answer();
                goesOn = !answer.isEmpty()
                        && !(answer.getLast().data() instanceof RecordData.Soa
                                && (messages.size() > 1 || answer.size() != 1 || isIxfr(query)));
            }
            return messages;
        }
    }

    private static boolean isIxfr(byte[] query) {
        return Ask.parse(query).questions().getFirst().type().equals(RecordType.IXFR);
    }
}
