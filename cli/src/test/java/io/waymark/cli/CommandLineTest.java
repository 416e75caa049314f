package io.waymark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each command line says and with which code it ends, but for a `dns` that serves.
class CommandLineTest {
    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    private static Said run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Said(code, out.toString(), err.toString());
    }

    @ParameterizedTest(name = "waymark {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # command line                      | code | says                                     | because
            ''                                  | 64   | a command is missing; see waymark --help | there is nothing to do
            check-confg                         | 64   | did you mean                             | it is near a command
            dns --manifestz x                   | 64   | did you mean --manifests                 | it is near an option
            dns -conf                           | 64   | -conf                                    | the file is missing
            dns                                 | 64   | no Corefile                              | there is none in this folder
            dns -conf /nowhere/Corefile         | 69   | there is no such file                    | the file must be there
            dns -conf /                         | 69   | it is a folder                           | a folder is no Corefile
            dns --listen 1053 --manifests /     | 64   | expected ADDR:PORT                       | a port alone is -dns.port
            dns -dns.port 70000 --manifests /   | 64   | expected a number from 0 to 65535        | ports have 16 bits
            dns --manifests /nowhere            | 69   | /nowhere                                 | the folder must be there
            dns --manifests / --kubeconfig /    | 64   | not both                                 | the objects have one origin
            dns --kubeconfig /nowhere           | 69   | /nowhere                                 | the file must be there
            kube-dns --domain a..b              | 64   | expected a domain such as cluster.local. | names have no empty label
            kube-dns --nameservers ns.test      | 64   | expected an address                      | they are asked by address
            kube-dns --config-period x          | 64   | expected a time such as 10s              | it is a duration of Go
            kube-dns --dns-port 70000           | 64   | expected a number from 0 to 65535        | ports have 16 bits
            kube-dns --config-dir / --config-map x | 64 | not both                                | the ConfigMap is read in one place
            kube-dns --config-map x --kubecfg-file /nowhere | 69 | /nowhere                       | the file must be there
            kube-dns --config-dri /             | 64   | did you mean                             | it is near a flag
            check-config /nowhere/Corefile      | 69   | there is no such file                    | the file must be there
            check-config --listen localhost     | 64   | expected ADDR:PORT                       | there is no port
            """)
    void aWrongLineGetsOneLineThatSaysWhatToDo(String line, int code, String says, String because) {
        var said = run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(said.err()).as(because).contains(says).hasLineCount(1);
        assertThat(said.out()).as("standard output is for answers").isEmpty();
        assertThat(said.code()).as(because).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "dns -version", "dns --version", "check-config -V"})
    void theVersionIsInTheFormThatScriptsOfCoreDnsRead(String line) {
        var said = run(line.split(" "));
        assertThat(said.out().lines().findFirst().orElse("")).matches("Waymark-\\S+");
        assertThat(said.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "dns --help", "dns -h", "check-config --help", "completion --help", "kube-dns --help"})
    void helpIsAnAnswer(String line) {
        var said = run(line.split(" "));
        assertThat(said.out()).startsWith("Usage: waymark");
        assertThat(said.code()).isZero();
    }

    @Test
    void kubeDnsFlagsAreTakenAsTheirManifestHasThem() {
        var said = run(
                "kube-dns",
                "--domain=acme.local.",
                "--dns-port=10053",
                "--dnsmasq-port=53",
                "--v=2",
                "--logtostderr",
                "--config-dir=/nowhere",
                "--federations=",
                "--profiling=false",
                "--print-corefile");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).startsWith(".:10053 .:53 {").contains("kubernetes acme.local in-addr.arpa ip6.arpa {");
    }

    @Test
    void whatOnlyTheBuildNeedsIsNotInTheHelp() {
        assertThat(run("--help").out()).doesNotContain("train");
    }

    @Test
    void theCompletionKnowsTheCommandsAndTheirOptions() {
        assertThat(run("completion").out()).contains("dns", "check-config", "--manifests", "-conf");
    }

    @Test
    void thePluginsAreThoseThatACorefileMayName() {
        assertThat(run("dns", "-plugins").out().lines())
                .contains("dns.kubernetes", "dns.forward", "dns.errors")
                .doesNotContain("dns.etcd");
    }

    @Test
    void aCorefileThatCanBeServedIsPrintedAsItIsUnderstood() throws Exception {
        var file = Files.writeString(folder.resolve("Corefile"), ".:5301 {\n  errors\n  forward . 192.0.2.1\n}\n");
        var said = run("check-config", file.toString());
        assertThat(said.out()).contains("listen :5301", "192.0.2.1");
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
    }

    @Test
    void everyProblemOfACorefileIsNamedWithItsPlace() throws Exception {
        var file = Files.writeString(folder.resolve("Corefile"), ". {\n  geoip x\n  frward . 192.0.2.1\n}\n");
        var said = run("check-config", file.toString());
        assertThat(said.err()).contains(file + ":2:3: ", file + ":3:3: ", "did you mean \"forward\"?", "2 problems");
        assertThat(said.out()).contains(file + ":3:3  refused  frward . 192.0.2.1");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void whatBecomesOfEachLineIsSaidToPeopleAndToPrograms() throws Exception {
        var file = Files.writeString(folder.resolve("Corefile"), ".:5301 {\n  errors\n  reload 30s\n  debug\n}\n");
        assertThat(run("check-config", file.toString()).out())
                .contains(file + ":2:3  same     errors\n", file + ":3:3  better   reload 30s", "# no query is lost")
                .contains("4 lines: 1 better, 2 same, 1 ignored, 0 refused\n");
        var said = run("check-config", "-o", "json", file.toString());
        assertThat(said.out())
                .startsWith("{\n  \"counts\": {\"better\": 1, \"same\": 2, \"ignored\": 1, \"refused\": 0},\n")
                .contains("\"line\": 2, \"column\": 3, \"text\": \"errors\", \"fate\": \"same\", \"why\": \"\"}");
        assertThat(said.code()).isZero();
    }

    @Test
    void aKubeProxyConfigurationIsPrintedAsItIsUnderstood() throws Exception {
        var text = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: nftables\n";
        var file = Files.writeString(folder.resolve("config.conf"), text);
        var said = run("check-config", file.toString());
        assertThat(said.out()).contains("\nmode: nftables\n", "\n  tcpCloseWaitTimeout: 1h0m0s\n");
        assertThat(said.code()).as(said.err()).isZero();
    }

    @Test
    void everyProblemOfAKubeProxyConfigurationIsNamedWithItsPlaceAndField() throws Exception {
        var text = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n"
                + "conntrack: {min: -1}\nmode: magic\n";
        var file = Files.writeString(folder.resolve("config.conf"), text);
        var said = run("check-config", file.toString());
        assertThat(said.err())
                .contains(file + ":3:", "conntrack.min: found -1", file + ":4:", "mode: found magic")
                .contains("2 problems; it cannot be served");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void aCorefileWithProblemsIsNotServed() throws Exception {
        var file = Files.writeString(folder.resolve("Corefile"), ". {\n  geoip x\n}\n");
        var said = run("dns", "-conf", file.toString());
        assertThat(said.err()).contains(file + ":2:3: ", "1 problem; nothing was started");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void theBuiltInCorefileIsPrintedAndCanBeServed() {
        var said = run("check-config");
        assertThat(said.out()).contains("kubernetes cluster.local", "listen 127.0.0.1:1053");
        assertThat(said.code()).isZero();
    }

    @Test
    void theBuiltInCorefileAsksOtherServersOnlyIfThisMachineHasAny() {
        assertThat(BuiltInCorefile.of(false).text()).doesNotContain("forward");
        assertThat(BuiltInCorefile.of(true).text()).contains("forward . /etc/resolv.conf");
    }

    @Test
    void aTrainingRunServesAsksItselfAndEnds() throws Exception {
        Files.writeString(
                folder.resolve("namespace.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        assertThat(run("train", "--manifests", folder.toString())).isEqualTo(new Said(0, "", ""));
    }
}
