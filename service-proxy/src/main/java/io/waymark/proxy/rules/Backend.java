package io.waymark.proxy.rules;

import io.waymark.records.address.IpAddress;
import java.util.List;

/// Where packets to a Service port are sent: one endpoint's address and port.
public record Backend(IpAddress address, int port) {

    /// `10.0.0.1:80`, `[fd00::1]:80`.
    public static String text(IpAddress address, int port) {
        return switch (address) {
            case IpAddress.V4 v4 -> v4 + ":" + port;
            case IpAddress.V6 v6 -> "[" + v6 + "]:" + port;
        };
    }

    /// In the order of their texts, as kube-proxy lists them: `10.0.0.11:80` before `10.0.0.2:80`.
    public static List<Backend> sortedByText(List<Backend> backends) {
        record Keyed(String text, Backend backend) {}
        return backends.stream()
                .map(backend -> new Keyed(backend.toString(), backend))
                .sorted((a, b) -> a.text.compareTo(b.text))
                .map(Keyed::backend)
                .toList();
    }

    @Override
    public String toString() {
        return text(address, port);
    }
}
