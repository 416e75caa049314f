package io.waymark.cli;

import io.waymark.proxy.config.ConfigRead;
import io.waymark.proxy.config.ConfigReader;
import io.waymark.proxy.config.ConfigText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file with a KubeProxyConfiguration, read as `proxy --config` would.
/// @param name how problems call the file
record ProxyConfigCheck(String name, byte[] octets) {
    /// No line of a Corefile looks so.
    private static final Pattern KIND = Pattern.compile(
            "(?m)^[{\\s]*\"?(apiVersion\"?\\s*:\\s*\"?kubeproxy\\.config|kind\"?\\s*:\\s*\"?KubeProxyConf)");

    /// Empty if it is something else, or cannot be read: then it is for others to say so.
    static Optional<ProxyConfigCheck> of(Path file) {
        try {
            var octets = Files.readAllBytes(file);
            return KIND.matcher(new String(octets, StandardCharsets.UTF_8)).find()
                    ? Optional.of(new ProxyConfigCheck(file.toString(), octets))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Prints all problems, or the whole configuration that is in force by it. @return an [ExitCode]
    int print(PrintWriter out, PrintWriter err) {
        return switch (ConfigReader.read(name, octets, Map.of())) {
            case ConfigRead.Sound(var config, var warnings) -> {
                warnings.forEach(err::println);
                out.print(ConfigText.of(config));
                yield ExitCode.OK;
            }
            case ConfigRead.Failed(var problems) -> {
                problems.forEach(err::println);
                err.println(
                        (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + "; it cannot be served");
                yield ExitCode.WRONG;
            }
        };
    }
}
