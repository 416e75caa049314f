package io.waymark.testzones.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./waymark` as a shell sees it; the program it starts is the one that this build has packaged.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LauncherTest {
    private static final Path ROOT = Peers.root();

    @TempDir
    Path elsewhere;

    @Test
    void itWorksThroughALinkFromAnyFolder() throws Exception {
        var link = Files.createSymbolicLink(elsewhere.resolve("waymark"), ROOT.resolve("waymark"));
        var linkToLink = Files.createSymbolicLink(elsewhere.resolve("wm"), link.getFileName());
        var said = run(linkToLink.toString(), "--version");
        assertThat(said.output()).startsWith("Waymark-");
        assertThat(said.code()).isZero();
        Files.delete(linkToLink);
        Files.delete(link);
    }

    @Test
    void theExitCodeIsTheProgramsOwn() throws Exception {
        var said = run(ROOT.resolve("waymark").toString(), "dns", "--manifestz", "x");
        assertThat(said.code()).isEqualTo(64);
        assertThat(said.output()).contains("did you mean --manifests").hasLineCount(1);
    }

    @Test
    void withoutTheRightJdkOneLineSaysWhatWasLookedForAndHowToGetOne() throws Exception {
        // No machine has JDK 99, whatever else it has.
        var script = ". '" + ROOT.resolve("build/jdk.sh") + "'; JDK_MAJOR=99; find_jdk && exit 1; explain_no_jdk";
        var said = run("sh", "-c", script);
        assertThat(said.output())
                .contains("no JDK 99 found", "JAVA_HOME", "/usr/lib/jvm", "apt-get install", "set JAVA_HOME")
                .hasLineCount(1);
        assertThat(said.code()).isZero();
    }

    @Test
    void aJdkThatJavaHomeNamesGoesBeforeAllOthers() throws Exception {
        var home = elsewhere.resolve("jdk");
        Files.createDirectories(home.resolve("bin"));
        for (var tool : List.of("java", "javac")) {
            var file = Files.createFile(home.resolve("bin").resolve(tool));
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"someone\"\nJAVA_VERSION=\"25.0.9\"\n");
        var script = "JAVA_HOME='" + home + "'; . '" + ROOT.resolve("build/jdk.sh") + "'; find_jdk && echo $JDK";
        assertThat(run("sh", "-c", script).output()).isEqualTo(home + "\n");
    }

    @Test
    void aStartUpCacheOlderThanTheProgramIsNotUsed() throws Exception {
        var tree = elsewhere.resolve("tree");
        for (var file : List.of("waymark", "build/jdk.sh", "pom.xml", "cli/pom.xml", "cli/src/launch/java.options")) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), tree.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(tree.resolve("cli/src/main"));
        Files.createDirectories(tree.resolve("cli/target/lib"));
        var jar = Files.writeString(tree.resolve("cli/target/waymark.jar"), "a jar");
        var cache = Files.writeString(tree.resolve("cli/target/waymark-dns.aot"), "a cache");
        var home = elsewhere.resolve("echoing");
        Files.createDirectories(home.resolve("bin"));
        for (var tool : List.of("java", "javac")) {
            var file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\necho \"$@\"\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.9\"\n");
        var command = "JAVA_HOME='" + home + "' WAYMARK_BUILD=no '" + tree.resolve("waymark") + "' check-config";

        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run("sh", "-c", command).output()).contains("-XX:AOTCache=" + cache, "-jar " + jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(120)));
        assertThat(run("sh", "-c", command).output()).doesNotContain("AOTCache").contains("-jar " + jar);
    }

    @Test
    void sigtermEndsTheServerWithZero() throws Exception {
        var process = serve("127.0.0.1:0");
        try {
            assertThat(portOf(process)).isPositive();
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aPortInUseIsRefusedWithWhatToDo() throws Exception {
        var process = serve("127.0.0.1:0");
        try {
            var said = run(
                    ROOT.resolve("waymark").toString(),
                    "dns",
                    "--manifests",
                    ".",
                    "--listen",
                    "127.0.0.1:" + portOf(process));
            assertThat(said.output()).contains("the port is in use", "--listen ADDR:PORT");
            assertThat(said.code()).isEqualTo(69);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process serve(String listen) throws IOException {
        Files.writeString(elsewhere.resolve("shop.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        return start(ROOT.resolve("waymark").toString(), "dns", "--manifests", ".", "--listen", listen);
    }

    /// Reads the log up to the line that says where it serves.
    private static int portOf(Process process) throws IOException {
        var serving = Pattern.compile("serving dns://127\\.0\\.0\\.1:(\\d+)");
        var log = new StringBuilder();
        for (String line = process.inputReader().readLine();
                line != null;
                line = process.inputReader().readLine()) {
            var match = serving.matcher(line);
            if (match.find()) {
                return Integer.parseInt(match.group(1));
            }
            log.append(line).append('\n');
        }
        throw new AssertionError("it ended before it served, and said: " + log);
    }

    private record Said(int code, String output) {}

    private Said run(String... command) throws IOException, InterruptedException {
        var process = start(command);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), output);
    }

    private Process start(String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
