package io.waymark.proxy.config;

import io.waymark.source.document.DocumentProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads flags as the file that says the same, one value to a line, so that both are decoded,
/// completed and checked by one reader, and each problem is told by the flag it is about.
public final class FlagReader {
    /// The one flag with a default that a file does not have.
    private static final String IPVS_MIN_SYNC_PERIOD = "--ipvs-min-sync-period";

    private final StringBuilder text = new StringBuilder();
    private final List<String> flagOfLine = new ArrayList<>();

    private FlagReader() {}

    /// @param given the flags by their names, with their values as they were written
    public static ConfigRead read(Map<String, String> given) {
        var reader = new FlagReader();
        reader.line("", "apiVersion: " + ConfigReader.API_VERSION);
        reader.line("", "kind: " + ConfigReader.KIND);
        reader.write(given);
        var octets = reader.text.toString().getBytes(StandardCharsets.UTF_8);
        return switch (ConfigReader.read("flags", octets)) {
            case ConfigRead.Sound(var config, var warnings) ->
                new ConfigRead.Sound(
                        config, warnings.stream().map(reader::byFlag).toList());
            case ConfigRead.Failed(var problems) ->
                new ConfigRead.Failed(problems.stream().map(reader::byFlag).toList());
        };
    }

    private DocumentProblem byFlag(DocumentProblem problem) {
        var flag = flagOfLine.get(Math.min(problem.line(), flagOfLine.size()) - 1);
        return flag.isEmpty() ? problem : new DocumentProblem(flag, 1, 1, problem.message());
    }

    /// Flags of one section stand below each other, so that each section has one head.
    private void write(Map<String, String> given) {
        var mode = ProxyMode.parse(given.getOrDefault("--proxy-mode", "")).orElse(ProxyMode.DEFAULT);
        if (mode == ProxyMode.IPVS && !given.containsKey(IPVS_MIN_SYNC_PERIOD)) {
            var completed = new LinkedHashMap<>(given);
            completed.put(IPVS_MIN_SYNC_PERIOD, "1s");
            write(completed);
            return;
        }
        var sections = ProxyFlag.ALL.stream()
                .filter(flag -> given.containsKey(flag.name()))
                .collect(Collectors.groupingBy(flag -> section(flag, mode), TreeMap::new, Collectors.toList()));
        sections.forEach((section, flags) -> {
            if (!section.isEmpty()) {
                line("", section + ":");
            }
            var indent = section.isEmpty() ? "" : "  ";
            for (var flag : flags) {
                var name = flag.path().substring(flag.path().indexOf('.') + 1);
                line(flag.name(), indent + name + ": " + value(flag, String.valueOf(given.get(flag.name()))));
            }
        });
    }

    private static String section(ProxyFlag flag, ProxyMode mode) {
        int dot = flag.path().indexOf('.');
        var section = dot < 0 ? "" : flag.path().substring(0, dot);
        boolean shared = flag.path().endsWith(".masqueradeAll") && mode == ProxyMode.IPVS;
        return section.equals(ProxyFlag.MODE) ? (shared ? ProxyMode.IPTABLES : mode).text() : section;
    }

    private static String value(ProxyFlag flag, String text) {
        return switch (flag.type()) {
            case NUMBER, FLAG -> text.matches("[A-Za-z0-9.+-]+") ? text : quoted(text);
            case TEXT ->
                quoted(flag.path().equals("hostnameOverride") ? text.strip().toLowerCase(Locale.ROOT) : text);
            case LIST ->
                text.isEmpty()
                        ? "[]"
                        : List.of(text.split(",", -1)).stream()
                                .map(FlagReader::quoted)
                                .collect(Collectors.joining(", ", "[", "]"));
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replaceAll("\\R", " ") + "'";
    }

    private void line(String flag, String content) {
        flagOfLine.add(flag);
        text.append(content).append('\n');
    }
}
