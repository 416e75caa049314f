package io.waymark.testzones.listening;

import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Real `kdig` towards 127.0.0.1. One attempt of 5 s for each question.
final class Kdig {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern STATUS = Pattern.compile("status: ([A-Z0-9]+);");
    private static final Pattern FLAGS = Pattern.compile(";; Flags: ([a-z ]*);");
    private static final Pattern REFUSED = Pattern.compile("TLS, handshake failed \\((.*)\\)");

    private final int port;
    private final List<String> options;

    /// @param options such as `+tls`
    Kdig(int port, String... options) {
        this.port = port;
        this.options = List.of(options);
    }

    /// What it says, but for what another run might say differently: the response code and the flags, and a line for
    /// each record of all sections, in order. Where there was no reply, why.
    List<String> ask(String question) {
        var command = new ArrayList<>(List.of(
                Peers.require("kdig").toString(), "@127.0.0.1", "-p", Integer.toString(port), "+retry=0", "+time=5"));
        command.addAll(options);
        command.addAll(Arrays.asList(question.split(" ")));
        return read(Program.output(LIMIT, command));
    }

    private static List<String> read(String text) {
        var refused = REFUSED.matcher(text);
        var status = STATUS.matcher(text);
        var flags = FLAGS.matcher(text);
        if (refused.find()) {
            return List.of("no TLS: " + refused.group(1));
        }
        if (!status.find() || !flags.find()) {
            return List.of("no reply");
        }
        var said = new ArrayList<>(List.of(status.group(1) + " " + flags.group(1)));
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";;"))
                .map(line -> line.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT))
                .forEach(said::add);
        return said;
    }
}
