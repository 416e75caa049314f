package io.waymark.testzones.ask;

import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Real `dig` towards one server. One attempt of 3 s for each question.
public final class Dig {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern STATUS = Pattern.compile("status: ([A-Z0-9]+)");
    private static final Pattern FLAGS = Pattern.compile(";; flags: ([a-z ]*);");

    private static final Pattern SIZE = Pattern.compile(";; MSG SIZE  rcvd: (\\d+)");

    private final String server;
    private final int port;
    private final List<String> options;

    private Dig(String server, int port, List<String> options) {
        this.server = server;
        this.port = port;
        this.options = options;
    }

    /// Asks 127.0.0.1 at `port`, with `options` such as `+tcp`.
    public static Dig at(int port, String... options) {
        return at("127.0.0.1", port, options);
    }

    /// Asks the server at `address` and `port`.
    public static Dig at(String address, int port, String... options) {
        return new Dig(address, port, List.of(options));
    }

    /// What dig saw.
    /// @param status  such as NOERROR; `SILENT` if nothing came
    /// @param flags   such as `qr aa rd`
    /// @param octets  the size of the reply
    /// @param records of the answer section, `owner ttl class type data` with single blanks
    public record Seen(String status, String flags, int octets, List<String> records) {

        /// The data of all records, in order: `10.96.0.1, 10.96.0.2`; without records the status,
        /// or `NODATA` for NOERROR.
        public String said() {
            if (records.isEmpty()) {
                return status.equals("NOERROR") ? "NODATA" : status;
            }
            return String.join(
                    ", ",
                    records.stream()
                            .map(record -> record.split(" ", 5)[4])
                            .sorted()
                            .toList());
        }
    }

    /// Asks for one name and type; `-x` and an address instead of these ask for the reverse name.
    public Seen ask(String... question) {
        var command = new ArrayList<String>(List.of(
                Peers.require("dig").toString(), "@" + server, "-p", Integer.toString(port), "+tries=1", "+time=3"));
        command.addAll(options);
        command.addAll(List.of("+noall", "+comments", "+answer", "+stats"));
        command.addAll(Arrays.asList(question));
        var text = Program.output(LIMIT, command);
        var status = STATUS.matcher(text);
        var flags = FLAGS.matcher(text);
        var size = SIZE.matcher(text);
        var records = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
        return status.find() && flags.find() && size.find()
                ? new Seen(status.group(1), flags.group(1), Integer.parseInt(size.group(1)), records)
                : new Seen("SILENT", "", 0, List.of());
    }
}
