package io.waymark.testzones.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.migration.KnownFates;
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
        assertThat(named(""))
                .as("a plugin that has come, or gone, changes a row of README.md")
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(PluginOrder.supported());
    }

    @Test
    void whatIsBetterThereIsBetterInTheMigrationReportOfCheckConfigToo() throws IOException {
        assertThat(named("better")).containsExactlyInAnyOrderElementsOf(KnownFates.better());
    }

    /// The plugins of the rows with this verdict, or of all rows.
    private static List<String> named(String verdict) throws IOException {
        var readme = Files.readString(Peers.root().resolve("README.md"));
        var section = readme.substring(readme.indexOf("## From CoreDNS"), readme.indexOf("## From kube-dns"));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .filter(cells -> verdict.isEmpty() || cells[2].strip().equals(verdict))
                .flatMap(cells -> PLUGIN.matcher(cells[1]).results().map(match -> match.group(1)))
                .toList();
    }
}
