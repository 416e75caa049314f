package io.waymark.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.source.SourceException;
import io.waymark.source.kubernetes.http.Credential;
import io.waymark.source.kubernetes.http.Identity;
import io.waymark.source.kubernetes.http.PemFile;
import io.waymark.source.kubernetes.http.Trust;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesConfigTest {
    private static final Map<String, String> POD =
            Map.of("KUBERNETES_SERVICE_HOST", "fd00:10:96::1", "KUBERNETES_SERVICE_PORT", "443");

    @TempDir
    Path folder;

    private KubernetesConfig kubeconfig(String user, String cluster) throws Exception {
        return KubernetesConfig.ofKubeconfig(file(user, cluster), Optional.empty());
    }

    private Path file(String user, String cluster) throws Exception {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://api.example:6443/k8s/", %s}}]
                users: [{name: u, user: {%s}}]
                contexts: [{name: x, context: {cluster: c, user: u}}, {name: y, context: {cluster: none}}]
                current-context: x
                """.formatted(cluster, user));
    }

    @Test
    void aPodIsConfiguredByTwoVariablesAndTwoFiles() throws Exception {
        Files.writeString(folder.resolve("token"), "sesame\n");
        Files.writeString(folder.resolve("ca.crt"), "pem");
        var config = KubernetesConfig.inCluster(POD, folder);
        assertThat(config.location()).hasToString("https://[fd00:10:96::1]:443");
        assertThat(config.tlsName()).isEqualTo("fd00:10:96::1");
        assertThat(config.trust()).isEqualTo(new Trust.Authority(new PemFile.OnDisk(folder.resolve("ca.crt"))));
        assertThat(config.credential().token()).isEqualTo("sesame");
    }

    @Test
    void outsideOfAPodItSaysWhatWasLookedForAndWhatToDo() {
        assertThatThrownBy(() -> KubernetesConfig.inCluster(Map.of(), folder))
                .isInstanceOf(SourceException.class)
                .hasMessage("this is not a Pod: KUBERNETES_SERVICE_HOST is \"\" and KUBERNETES_SERVICE_PORT is \"\";"
                        + " outside a cluster name a kubeconfig (--kubeconfig FILE) or manifests (--manifests DIR)");
        assertThatThrownBy(() -> KubernetesConfig.inCluster(POD, folder))
                .isInstanceOf(SourceException.class)
                .hasMessage(folder.resolve("token") + ": no such file; the ServiceAccount's token was looked for"
                        + " there; does the Pod have automountServiceAccountToken: true?");
    }

    @Test
    void aTokenOfAKubeconfigIsUsed() throws Exception {
        var config = kubeconfig("token: sesame", "insecure-skip-tls-verify: true");
        assertThat(config.location()).hasToString("https://api.example:6443/k8s");
        assertThat(config.tlsName()).isEqualTo("api.example");
        assertThat(config.trust()).isEqualTo(new Trust.Anyone());
        assertThat(config.identity()).isEqualTo(new Identity.Anonymous());
        assertThat(config.credential().token()).isEqualTo("sesame");
        assertThat(config.toString()).doesNotContain("sesame");
    }

    @Test
    void aClientCertificateAndItsAuthorityCanBeDataOrFiles() throws Exception {
        Files.writeString(folder.resolve("client.crt"), "cert");
        Files.writeString(folder.resolve("client.key"), "key");
        var config = kubeconfig(
                "client-certificate: client.crt, client-key: client.key", "certificate-authority-data: aGVsbG8=");
        assertThat(config.identity())
                .isEqualTo(new Identity.Certificate(
                        new PemFile.OnDisk(folder.resolve("client.crt")),
                        new PemFile.OnDisk(folder.resolve("client.key"))));
        assertThat(((Trust.Authority) config.trust()).certificates().read())
                .asString()
                .isEqualTo("hello");
        assertThat(config.credential()).isEqualTo(new Credential.None());
    }

    @Test
    void aTokenFileIsReadAgainForEachRequest() throws Exception {
        var token = Files.writeString(folder.resolve("t"), "one");
        var config = kubeconfig("tokenFile: t", "tls-server-name: kubernetes");
        assertThat(config.credential().token()).isEqualTo("one");
        Files.writeString(token, "two");
        assertThat(config.credential().token()).isEqualTo("two");
        assertThat(config.tlsName()).isEqualTo("kubernetes");
        assertThat(config.trust()).isEqualTo(new Trust.PublicAuthorities());
    }

    @Test
    void anExecPluginIsRunForAMinuteOnceAndAtOnceAfterARefusal() throws Exception {
        var count = folder.resolve("count");
        var plugin = Files.writeString(folder.resolve("plugin"), """
                #!/bin/sh
                echo run >> %s
                runs=$(wc -l < %s)
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t'$runs'"}}'
                """.formatted(count, count));
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
        var config = kubeconfig(
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin}", "tls-server-name: k");
        assertThat(config.credential().token()).isEqualTo("t1");
        assertThat(config.credential().token()).isEqualTo("t1");
        config.credential().refused();
        assertThat(config.credential().token()).isEqualTo("t2");
    }

    @Test
    void aPluginThatGivesNoTokenIsAnErrorOfTheAttempt() throws Exception {
        var config = kubeconfig(
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./none}", "tls-server-name: k");
        assertThatThrownBy(() -> config.credential().token()).hasMessageContaining("gave no token");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            token: t                       | certificate-authority: gone.crt          | gone.crt: no such file; certificate-authority of
            client-certificate: gone.crt   | tls-server-name: k                       | gone.crt: no such file; client-certificate of
            client-certificate-data: eA==  | tls-server-name: k                       | one of client-certificate and client-key; both are needed
            token: t                       | certificate-authority-data: "%%%"        | certificate-authority-data is no Base64
            tokenFile: gone                | tls-server-name: k                       | gone: no such file; tokenFile of
            token: [                       | tls-server-name: k                       | not a kubeconfig
            """)
    void aBadKubeconfigSaysWhatIsWrong(String user, String cluster, String why) throws Exception {
        var file = file(user, cluster);
        assertThatThrownBy(() -> KubernetesConfig.ofKubeconfig(file, Optional.empty()))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aContextThatIsNotThereIsAnErrorThatNamesThoseThatAre() throws Exception {
        var file = file("token: t", "tls-server-name: k");
        assertThatThrownBy(() -> KubernetesConfig.ofKubeconfig(file, Optional.of("z")))
                .hasMessageContaining("no context \"z\"; it has x, y");
        assertThatThrownBy(() -> KubernetesConfig.ofKubeconfig(file, Optional.of("y")))
                .hasMessageContaining("the cluster of context \"y\" has no server");
        assertThatThrownBy(() -> KubernetesConfig.ofKubeconfig(folder.resolve("none"), Optional.empty()))
                .hasMessageContaining("no such file; the kubeconfig was looked for there");
    }

    @Test
    void anEndpointOfTheCorefileHasAnAddressAndAClientCertificate() throws Exception {
        var file = Files.writeString(folder.resolve("f"), "pem");
        var config = KubernetesConfig.ofEndpoint(URI.create("https://10.0.0.1:6443"), file, file, file);
        assertThat(config.location()).hasToString("https://10.0.0.1:6443");
        assertThat(KubernetesConfig.ofEndpoint(URI.create("http://127.0.0.1:8080"))
                        .location())
                .hasToString("http://127.0.0.1:8080");
        assertThatThrownBy(() -> KubernetesConfig.ofEndpoint(URI.create("tcp://10.0.0.1:6443")))
                .hasMessageContaining("expected https://HOST[:PORT][/PATH]");
    }
}
