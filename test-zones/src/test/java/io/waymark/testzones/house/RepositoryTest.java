package io.waymark.testzones.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the files of this repository owe a reader.
class RepositoryTest {
    private static final Path ROOT = Peers.root();
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".cache", ".mvn");
    private static final Pattern LINK = Pattern.compile("\\[[^]\\[]*]\\(([^)\\s]+)\\)");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "SECURITY.md",
                "LICENSE",
                "waymark",
                "check",
                ".ci/run",
                "mvnw",
                "docs/differences.md",
                "k8s-manifests/README.md"
            })
    void aNewcomerFindsWhatEveryProjectHas(String file) {
        assertThat(ROOT.resolve(file)).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"waymark", "check", ".ci/run", "mvnw", "test-zones/peers/build"})
    void aCommandCanBeRun(String file) {
        assertThat(ROOT.resolve(file)).isExecutable();
    }

    @Test
    void aLinkInTheDocsLeadsSomewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : files(path -> path.toString().endsWith(".md"))) {
            for (var link : links(Files.readString(page))) {
                var target = link.replaceFirst("#.*", "");
                boolean elsewhere = target.isEmpty() || target.matches("[a-z]+:.*");
                if (!elsewhere && !Files.exists(page.resolveSibling(target))) {
                    broken.add(ROOT.relativize(page) + " links to " + link + ", which is not there");
                }
            }
        }
        assertThat(broken).as("mend the link, or the file it names").isEmpty();
    }

    private static List<String> links(String text) {
        return LINK.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /// What all plugins may and may not is said once, in the package above them.
    private static List<String> introduced(Path folder) {
        return folder.getParent().endsWith("io/waymark/dns/plugin")
                ? List.of("@NullMarked", "Lives here")
                : List.of("@NullMarked", "Lives here", "Read first", "May not", "Invariant");
    }

    @Test
    void everyPackageIntroducesItself() throws IOException {
        var silent = new ArrayList<String>();
        for (var folder : packages()) {
            var introduction = folder.resolve("package-info.java");
            var text = Files.exists(introduction) ? Files.readString(introduction) : "";
            for (var word : introduced(folder)) {
                if (!text.contains(word)) {
                    silent.add(ROOT.relativize(introduction) + " does not say: " + word);
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    /// The packages of what ships, and those of the tests' own harness.
    private static List<Path> packages() throws IOException {
        return files(path -> path.toString().endsWith(".java")).stream()
                .filter(path -> path.toString().contains("/src/main/java/")
                        || path.startsWith(ROOT.resolve("test-zones/src/test/java")))
                .map(Path::getParent)
                .distinct()
                .toList();
    }

    @Test
    void noTestSleepsAndNoneIsSwitchedOff() throws IOException {
        var words = List.of("Thread." + "sleep(", "TimeUnit.SECONDS." + "sleep", "@" + "Disabled", "org." + "mockito");
        assertThat(withAnyOf(words, path -> path.toString().contains("/src/test/")))
                .as("wait for what must become true, with a limit")
                .isEmpty();
    }

    @Test
    void nothingIsLeftToDo() throws IOException {
        assertThat(withAnyOf(List.of("TO" + "DO", "FIX" + "ME"), path -> true))
                .as("do it, or open an issue")
                .isEmpty();
    }

    private static List<String> withAnyOf(List<String> words, Predicate<Path> where) throws IOException {
        var found = new ArrayList<String>();
        for (var file : files(where.and(path -> path.toString().endsWith(".java")))) {
            var text = Files.readString(file);
            words.stream().filter(text::contains).forEach(word -> found.add(ROOT.relativize(file) + ": " + word));
        }
        return found;
    }

    @Test
    void versionsStandInTheRootPomOnly() throws IOException {
        var stray = new ArrayList<String>();
        var own = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(own.find()).isTrue();
        for (var pom : files(path -> path.getFileName().toString().equals("pom.xml"))) {
            if (!pom.getParent().equals(ROOT)) {
                VERSION.matcher(Files.readString(pom))
                        .results()
                        .map(match -> match.group(1))
                        .filter(Predicate.not(own.group(1)::equals))
                        .filter(version -> !version.startsWith("${"))
                        .forEach(version -> stray.add(ROOT.relativize(pom) + ": " + version));
            }
        }
        assertThat(stray).as("name it as a property in the root pom").isEmpty();
    }

    @Test
    void theLicenceIsWhole() throws IOException {
        assertThat(ROOT.resolve("LICENSE"))
                .content()
                .contains("Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS");
    }

    @Test
    void aDecisionSaysWhatItCosts() throws IOException {
        try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/adr"))) {
            for (var decision : decisions.filter(path -> isNumbered(path)).toList()) {
                assertThat(decision)
                        .content()
                        .contains("Status", "Problem", "Decision", "Because", "Instead of", "Checked by", "Reopen if");
            }
        }
    }

    private static boolean isNumbered(Path path) {
        Matcher name = Pattern.compile("\\d{4}-[a-z0-9-]+\\.md")
                .matcher(path.getFileName().toString());
        return name.matches();
    }

    private static List<Path> files(Predicate<Path> wanted) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean skip = NOT_OURS.contains(folder.getFileName().toString());
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (wanted.test(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
