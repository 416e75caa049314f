package io.waymark.cli.start;

import io.waymark.proxy.ServiceProxy;
import io.waymark.source.kubernetes.KubernetesConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;

/// What every start on an API server needs and nothing else waits for: done on other threads
/// while the first one reads the command line and the configuration. It has no effect but on time.
public final class WarmUp {
    private WarmUp() {}

    /// Begins if `args` ask for a server. Never fails: what it would have prepared is then made later.
    public static void begin(String[] args) {
        boolean proxy = args.length > 0 && args[0].equals("proxy");
        if (proxy || args.length > 0 && args[0].equals("dns")) {
            Thread.ofPlatform().daemon().name("warm-up").start(() -> prepare(List.of(args)));
        }
        if (proxy) {
            Thread.ofPlatform().daemon().name("warm-up-kernel").start(ServiceProxy::prepare);
        }
    }

    private static void prepare(List<String> args) {
        boolean manifests = args.stream().anyMatch(arg -> arg.startsWith("--manifests"));
        try {
            if (!manifests && System.getenv("KUBERNETES_SERVICE_HOST") == null) {
                KubernetesConfig.prepareKubeconfig();
            }
            tls();
        } catch (GeneralSecurityException | IOException | RuntimeException unavailable) {
            // Whoever needs it will find the same, and has somebody to tell.
            return;
        }
    }

    /// Half of what the first TLS connection of a process costs is the setting up of its parts.
    private static void tls() throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        context.getSocketFactory().createSocket().close();
        Rehearsal.hello(context);
    }
}
