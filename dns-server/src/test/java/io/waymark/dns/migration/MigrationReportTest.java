package io.waymark.dns.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.corefile.ImportResolver.ImportedFile;
import io.waymark.dns.corefile.ImportResolver.Resolution;
import io.waymark.dns.corefile.stage.ListenAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The report on a Corefile that has a line of each kind.
class MigrationReportTest {
    private static final ImportResolver IMPORTS =
            (file, pattern) -> new Resolution.Files(List.of(new ImportedFile("more", "log\nnomad\n")));

    private static final ListenAddress PORT_53 = new ListenAddress(ListenAddress.ANY, 53);

    private final MigrationReport report = report("""
            cluster.local {
                errors
                kubernetes cluster.local {
                    pods verified
                    endpoint https://one https://two
                    resyncperiod 5m
                    tll 30
                }
                debug
                etcd skydns.local {
                    path /skydns
                }
                reload
                health :1 :2
                import more
                view mine type( == 'A'
            }
            """);

    @Test
    void everyLineHasItsFateAndTheReasonIsThatOfTheReader() {
        assertThat(report.lines().stream()
                        .map(line -> line.at() + " " + line.fate().kind() + " " + line.text())
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                        Corefile:1:1 same cluster.local
                        Corefile:2:5 same errors
                        Corefile:3:5 better kubernetes cluster.local
                        Corefile:4:9 better pods verified
                        Corefile:5:9 same endpoint https://one https://two
                        Corefile:6:9 ignored resyncperiod 5m
                        Corefile:7:9 refused tll 30
                        Corefile:9:5 ignored debug
                        Corefile:10:5 refused etcd skydns.local
                        Corefile:11:9 refused path /skydns
                        Corefile:13:5 better reload
                        Corefile:14:5 refused health :1 :2
                        Corefile:16:5 refused view mine type( == 'A'
                        more:1:1 same log
                        more:2:1 refused nomad""");
        assertThat(why("tll 30")).isEqualTo("kubernetes: unknown option \"tll\"; did you mean \"ttl\"?");
        assertThat(why("resyncperiod 5m")).contains("has had no effect since CoreDNS 1.7");
        assertThat(why("etcd skydns.local")).contains("forward");
        assertThat(why("endpoint https://one https://two")).contains("only the first URL is used");
        assertThat(why("path /skydns")).isEqualTo("it belongs to etcd, which is refused");
    }

    @Test
    void theSumsNameEachKind() {
        assertThat(report.counts())
                .isEqualTo(
                        Map.of(Fate.Kind.BETTER, 3L, Fate.Kind.SAME, 4L, Fate.Kind.IGNORED, 2L, Fate.Kind.REFUSED, 6L));
    }

    @Test
    void aTextThatIsNoCorefileIsRefusedWhereItEnds() {
        assertThat(report(". {\n  errors\n").lines())
                .anyMatch(line -> line.fate().kind() == Fate.Kind.REFUSED
                        && line.fate().why().contains("is not closed"));
    }

    @Test
    void aLineThatWorksAndIsWarnedAboutIsNotIgnored() {
        assertThat(report("tls://example.org {\n  whoami\n}\n")
                        .lines()
                        .getFirst()
                        .fate())
                .matches(fate -> fate.kind() == Fate.Kind.SAME && fate.why().contains("without encryption"));
    }

    @Test
    void anImportOfNothingIsIgnored() {
        ImportResolver nothing = (file, pattern) -> new Resolution.Files(List.of());
        var custom = MigrationReport.of(
                "Corefile",
                "import custom/*.server\n. {\n  whoami\n}\n",
                Host.of(name -> Optional.empty(), nothing),
                PORT_53);
        assertThat(custom.lines().getFirst())
                .matches(line ->
                        line.fate().kind() == Fate.Kind.IGNORED && line.at().line() == 1);
    }

    private String why(String text) {
        return report.lines().stream()
                .filter(line -> line.text().equals(text))
                .map(line -> line.fate().why())
                .collect(Collectors.joining("|"));
    }

    private static MigrationReport report(String corefile) {
        return MigrationReport.of("Corefile", corefile, Host.of(name -> Optional.empty(), IMPORTS), PORT_53);
    }
}
