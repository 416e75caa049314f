package io.waymark.testzones.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.plan.PluginOrder;
import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the README promises to those who come from CoreDNS.
class MigrationTest {
    private static final Pattern PLUGIN = Pattern.compile("`([a-z0-9_]+)`");

    @Test
    void theTableOfPluginsNamesEachThatACorefileMayNameAndNoOther() throws IOException {
        var readme = Files.readString(Peers.root().resolve("README.md"));
        var section = readme.substring(readme.indexOf("## From CoreDNS"), readme.indexOf("## From kube-dns"));
        List<String> named = section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> PLUGIN.matcher(cell).results().map(match -> match.group(1)))
                .toList();
        assertThat(named)
                .as("a plugin that has come, or gone, changes a row of README.md")
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(PluginOrder.supported());
    }
}
