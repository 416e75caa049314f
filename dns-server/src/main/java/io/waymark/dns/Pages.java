package io.waymark.dns;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.http.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The pages that one generation of plugins shows over HTTP, by address and path. The last one
/// counts where several plugins show one at the same place. Confined to the thread that starts it.
final class Pages {
    private final Map<ListenAddress, Map<String, Page>> byAddress = new LinkedHashMap<>();

    void put(ListenAddress address, String path, Page page) {
        byAddress.computeIfAbsent(address, first -> new LinkedHashMap<>()).put(path, page);
    }

    Set<ListenAddress> addresses() {
        return byAddress.keySet();
    }

    Map<String, Page> at(ListenAddress address) {
        return byAddress.getOrDefault(address, Map.of());
    }
}
