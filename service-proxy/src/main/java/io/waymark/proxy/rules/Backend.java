package io.waymark.proxy.rules;

import io.waymark.records.address.IpAddress;
import java.util.List;
import java.util.TreeMap;

/// Where packets to a Service port are sent: one endpoint's address and port.
public record Backend(IpAddress address, int port) {

    /// `10.0.0.1:80`, `[fd00::1]:80`.
    public static String text(IpAddress address, int port) {
        return switch (address) {
            case IpAddress.V4 v4 -> v4 + ":" + port;
            case IpAddress.V6 v6 -> "[" + v6 + "]:" + port;
        };
    }

    /// Each once, in the order of their texts, as kube-proxy lists them: `10.0.0.11:80` before `10.0.0.2:80`.
    public static List<Backend> sortedByText(List<Backend> backends) {
        if (backends.size() < 2) {
            return List.copyOf(backends);
        }
        var byText = new TreeMap<String, Backend>();
        for (var backend : backends) {
            byText.put(backend.toString(), backend);
        }
        return List.copyOf(byText.values());
    }

    @Override
    public String toString() {
        return text(address, port);
    }
}
