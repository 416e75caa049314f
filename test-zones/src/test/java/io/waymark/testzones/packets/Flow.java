package io.waymark.testzones.packets;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// One row of `flows.txt`.
/// @param modes `all`, or the one mode whose semantics it shows
/// @param draws how often it is asked; 0 if all that counts is whether the answers are always the same
record Flow(String from, String protocol, String address, int port, int draws, String modes, String because) {
    /// More than a second: the kernel may miss a refusal until it repeats the packet.
    private static final Duration PATIENCE = Duration.ofMillis(2500);

    private static final Duration UDP_PATIENCE = Duration.ofMillis(1000);
    private static final int STICKY_DRAWS = 12;
    private static final String OTHER = "198.51.100.9";

    /// All rows of a table.
    static List<Flow> read(String table) {
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\|", -1))
                .map(Flow::of)
                .toList();
    }

    private static Flow of(String[] cells) {
        var draws = cells[4].strip();
        return new Flow(
                cells[0].strip(),
                cells[1].strip(),
                cells[2].strip(),
                Integer.parseInt(cells[3].strip()),
                draws.equals("sticky") ? 0 : Integer.parseInt(draws),
                cells[5].strip(),
                cells[6].strip());
    }

    boolean isOf(String mode) {
        return modes.equals("all") || modes.equals(mode);
    }

    /// The answers, each once, sorted.
    CompletableFuture<String> ask(PacketNode node) {
        var party = node.party(from.equals("other") ? "client" : from);
        var source = from.equals("other") ? OTHER : "-";
        var patience = protocol.equals("udp") ? UDP_PATIENCE : PATIENCE;
        var asked = IntStream.range(0, draws == 0 ? STICKY_DRAWS : draws)
                .mapToObj(i -> party.ask(protocol, source, address, port, patience))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(all -> {
            var answers = new TreeSet<String>();
            asked.forEach(answer -> answers.add(answer.join().replaceFirst("^HTTP/1\\.[01] ", "")));
            return draws == 0 ? answers.size() + " answers" : String.join(", ", answers);
        });
    }

    @Override
    public String toString() {
        return from + " " + protocol + " " + address + " " + port + " (" + because + ")";
    }
}
