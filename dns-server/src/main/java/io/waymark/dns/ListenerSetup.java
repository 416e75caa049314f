package io.waymark.dns;

import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.listen.https.HttpsLimits;
import io.waymark.dns.listen.tls.Encryption;
import io.waymark.dns.listen.tls.TlsCredentials;
import io.waymark.dns.listen.tls.TlsFilesException;
import io.waymark.dns.plan.ListenerPlan;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.plugin.https.HttpsStage;
import io.waymark.dns.plugin.timeouts.TimeoutsStage;
import io.waymark.dns.plugin.tls.TlsStage;
import java.util.Optional;

/// What the blocks of one address say about its sockets. Of several blocks the last counts, but for
/// the certificate, of which there is one.
/// @param encryption none for plain DNS
record ListenerSetup(ListenerLimits limits, HttpsLimits https, Encryption encryption) {

    /// Reads the files of the certificate. Throws a [PluginStartException] if they cannot be used.
    static ListenerSetup of(ListenerPlan listener, ListenerLimits usual) {
        var limits = last(listener, TimeoutsStage.class)
                .map(stage -> usual.with(stage.queriesMax(), stage.timeouts()))
                .orElse(usual);
        var https = last(listener, HttpsStage.class).map(HttpsStage::limits).orElse(HttpsLimits.DEFAULT);
        return new ListenerSetup(limits, https, encryption(listener));
    }

    private static Encryption encryption(ListenerPlan listener) {
        if (!listener.transport().isEncrypted()) {
            return new Encryption.None();
        }
        return last(listener, TlsStage.class).map(ListenerSetup::read).orElse(new Encryption.None());
    }

    private static Encryption read(TlsStage stage) {
        try {
            return new Encryption.Tls(new TlsCredentials(stage.files().read()));
        } catch (TlsFilesException unusable) {
            throw new PluginStartException(String.valueOf(unusable.getMessage()));
        }
    }

    private static <S extends Stage> Optional<S> last(ListenerPlan listener, Class<S> kind) {
        return listener.zones().stream()
                .map(ListenerPlan.ServedZone::block)
                .flatMap(block -> block.stage(kind).stream())
                .reduce((earlier, later) -> later);
    }
}
