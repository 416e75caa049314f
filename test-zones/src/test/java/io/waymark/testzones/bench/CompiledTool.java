package io.waymark.testzones.bench;

import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One of the C programs in `test-zones/bench`, compiled on this machine.
/// @param binary where it is
public record CompiledTool(Path binary) {

    /// Compiles `name.c` if it is newer than what is there.
    public static CompiledTool of(String name) {
        var source = Peers.root().resolve("test-zones/bench").resolve(name + ".c");
        var binary = Peers.root().resolve("test-zones/target/bench").resolve(name);
        try {
            if (Files.exists(binary)
                    && Files.getLastModifiedTime(binary).compareTo(Files.getLastModifiedTime(source)) > 0) {
                return new CompiledTool(binary);
            }
            Files.createDirectories(binary.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for " + binary, e);
        }
        var compiler = Peers.require("cc").toString();
        var said = Program.output(
                Duration.ofSeconds(60),
                List.of(
                        compiler,
                        "-O2",
                        "-Wall",
                        "-Wextra",
                        "-o",
                        binary.toString(),
                        source.toString(),
                        "-lm",
                        "-pthread"));
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException(source + " does not compile:\n" + said);
        }
        return new CompiledTool(binary);
    }

    /// Runs it to its end; its output is pairs `key value`.
    public Map<String, Double> run(Duration limit, Object... arguments) {
        var command = new ArrayList<String>(List.of(binary.toString()));
        for (var argument : arguments) {
            command.add(String.valueOf(argument));
        }
        var output = Program.output(limit, command);
        var words = output.strip().split("\\s+");
        var pairs = new HashMap<String, Double>();
        try {
            for (int i = 0; i + 1 < words.length; i += 2) {
                pairs.put(words[i], Double.valueOf(words[i + 1]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalStateException(command + " said:\n" + output, e);
        }
        return pairs;
    }
}
