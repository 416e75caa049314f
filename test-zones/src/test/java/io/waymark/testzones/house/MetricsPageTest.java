package io.waymark.testzones.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/metrics.md against the code: whoever adds a family tells operators what it means.
class MetricsPageTest {
    private static final Path PAGE = Peers.root().resolve("docs/metrics.md");
    /// A family's name in the code; one that ends with `_` is the beginning of several.
    private static final Pattern IN_CODE =
            Pattern.compile("\"((?:coredns|waymark|process|jvm|kubeproxy|rest_client)_[a-z0-9_]+)\"");

    private static final Pattern ON_PAGE = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");

    @Test
    void everyMetricIsOnThePage() throws IOException {
        var page = names(Files.readString(PAGE), ON_PAGE);
        assertThat(inCode())
                .allSatisfy(name -> assertThat(page)
                        .as("write a row for " + name + " into docs/metrics.md")
                        .anyMatch(row -> name.endsWith("_") ? row.startsWith(name) : row.equals(name)));
    }

    @Test
    void everythingOnThePageIsInTheCode() throws IOException {
        var code = inCode();
        assertThat(names(Files.readString(PAGE), ON_PAGE))
                .allSatisfy(row -> assertThat(code)
                        .as(row + " of docs/metrics.md is counted nowhere")
                        .anyMatch(name -> name.endsWith("_") ? row.startsWith(name) : row.equals(name)));
    }

    private static Set<String> inCode() throws IOException {
        var names = new TreeSet<String>();
        for (var module : new String[] {"dns-server", "service-proxy"}) {
            try (Stream<Path> files = Files.walk(Peers.root().resolve(module + "/src/main/java"))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    names.addAll(names(Files.readString(file), IN_CODE));
                }
            }
        }
        return names;
    }

    private static Set<String> names(String text, Pattern pattern) {
        var names = new TreeSet<String>();
        pattern.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }
}
