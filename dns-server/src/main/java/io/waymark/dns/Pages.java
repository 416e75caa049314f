package io.waymark.dns;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.http.Page;
import io.waymark.dns.listen.tls.TlsFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The pages that one generation of plugins shows over HTTP, by address and path. The last one
/// counts where several plugins show one at the same place. Confined to the thread that starts it.
final class Pages {
    private final Map<ListenAddress, Map<String, Page>> byAddress = new LinkedHashMap<>();
    private final Map<ListenAddress, TlsFiles> tlsByAddress = new LinkedHashMap<>();

    void put(ListenAddress address, String path, Page page) {
        byAddress.computeIfAbsent(address, first -> new LinkedHashMap<>()).put(path, page);
    }

    /// Whoever asks at this address must do so over TLS.
    void encrypt(ListenAddress address, TlsFiles files) {
        tlsByAddress.put(address, files);
    }

    Optional<TlsFiles> tls(ListenAddress address) {
        return Optional.ofNullable(tlsByAddress.get(address));
    }

    Set<ListenAddress> addresses() {
        return byAddress.keySet();
    }

    Map<String, Page> at(ListenAddress address) {
        return byAddress.getOrDefault(address, Map.of());
    }
}
