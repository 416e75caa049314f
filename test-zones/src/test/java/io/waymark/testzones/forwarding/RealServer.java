package io.waymark.testzones.forwarding;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.Identity;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A real name server with the zone `test.`: `who.test.` says in a TXT record which one it is,
/// `big.test.` has some 3,000 octets of TXT records. Lifecycle: answering from the factory method to
/// [#close].
final class RealServer implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Program program;
    private final int port;

    private RealServer(Program program, int port) {
        this.program = program;
        this.port = port;
        Await.until(
                "it answers",
                SOON,
                () -> Asker.ask(port, Ask.roomy("who.test.", "TXT")).rcode().equals("NOERROR"),
                program::logEnd);
    }

    /// The ports of [#unbound].
    record Ports(int dns, int tls, int https) {
        static Ports free() {
            return new Ports(Program.freePort(), Program.freePort(), Program.freePort());
        }
    }

    /// Unbound, over UDP, TCP, TLS and HTTPS.
    static RealServer unbound(Path folder, Ports ports, Identity identity) {
        var program = Peers.require("unbound");
        var texts = IntStream.range(0, 30)
                .mapToObj(i -> "    local-data: 'big.test. 60 TXT \"%02d%s\"'%n".formatted(i, "x".repeat(98)))
                .reduce("", String::concat);
        var config = write(folder.resolve("unbound.conf"), """
                server:
                    directory: "%s"
                    chroot: ""
                    username: ""
                    pidfile: ""
                    use-syslog: no
                    do-daemonize: no
                    module-config: "iterator"
                    interface: 127.0.0.1@%d
                    interface: 127.0.0.1@%d
                    interface: 127.0.0.1@%d
                    tls-port: %d
                    https-port: %d
                    tls-service-key: "%s"
                    tls-service-pem: "%s"
                    local-zone: "test." static
                    local-data: 'who.test. 60 TXT "unbound"'
                    local-data: 'www.test. 60 A 192.0.2.80'
                    local-data: 'deep.one.test. 60 A 192.0.2.81'
                %s
                remote-control:
                    control-enable: no
                """.formatted(
                        folder,
                        ports.dns,
                        ports.tls,
                        ports.https,
                        ports.tls,
                        ports.https,
                        identity.key(),
                        identity.certificate(),
                        texts));
        return start("unbound", folder, List.of(program.toString(), "-d", "-c", config), ports.dns);
    }

    /// Knot, authoritative for `test.`, over UDP and TCP; and for `broken.`, which it cannot load.
    static RealServer knot(Path folder, int port) {
        var program = Peers.require("knotd");
        write(folder.resolve("test.zone"), """
                $ORIGIN test.
                $TTL 60
                @    SOA ns hostmaster 1 7200 1800 86400 60
                @    NS  ns
                ns   A   192.0.2.53
                www  A   192.0.2.80
                who  TXT "knot"
                """);
        var config = write(folder.resolve("knot.conf"), """
                server:
                    rundir: "%s"
                    listen: 127.0.0.1@%d
                database:
                    storage: "%s"
                zone:
                  - domain: test.
                    storage: "%s"
                    file: test.zone
                  - domain: broken.
                    storage: "%s"
                    file: missing.zone
                """.formatted(folder, port, folder, folder, folder));
        return start("knot", folder, List.of(program.toString(), "-c", config), port);
    }

    private static RealServer start(String name, Path folder, List<String> command, int port) {
        return new RealServer(Program.start(name, folder.resolve(name + ".log"), Map.of(), command), port);
    }

    private static String write(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("no configuration at " + file, e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        program.close();
    }
}
