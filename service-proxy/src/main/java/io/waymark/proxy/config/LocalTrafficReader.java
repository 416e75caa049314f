package io.waymark.proxy.config;

import io.waymark.proxy.config.LocalTraffic.Mode;
import io.waymark.records.address.Cidr;
import io.waymark.source.document.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads how Pods are told from others: `detectLocalMode`, `detectLocal`, `clusterCIDR`.
final class LocalTrafficReader {
    /// IFNAMSIZ without the octet that ends a name.
    private static final int INTERFACE_NAME_MAX = 15;
    private static final String CIDRS = "a prefix, or one of each family, such as 10.244.0.0/16,fd00:10:244::/56";

    private LocalTrafficReader() {}

    static LocalTraffic read(Section root) {
        var field = root.field("detectLocalMode");
        var name = field.text();
        var known = Arrays.stream(Mode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst();
        if (known.isEmpty() && !name.isEmpty()) {
            field.complainAbout(name, "ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix");
        }
        var mode = known.orElse(Mode.ClusterCIDR);
        var names = root.section("detectLocal");
        return new LocalTraffic(
                mode,
                clusterCidrs(root.field("clusterCIDR"), mode),
                interfaceName(names.field("bridgeInterface"), mode == Mode.BridgeInterface),
                interfaceName(names.field("interfaceNamePrefix"), mode == Mode.InterfaceNamePrefix));
    }

    /// kube-proxy checks the ranges only where they tell Pods from others.
    private static List<Cidr> clusterCidrs(Field field, Mode mode) {
        if (!field.isGiven()) {
            return List.of();
        }
        var texts = Arrays.stream(field.text().split(",", -1));
        if (mode != Mode.ClusterCIDR) {
            return texts.flatMap(text -> Cidr.parse(text.strip()).stream()).toList();
        }
        var cidrs = texts.flatMap(text -> cidr(field, text).stream()).toList();
        boolean pair = cidrs.size() == 2
                && cidrs.getFirst().family() != cidrs.getLast().family();
        if (cidrs.size() > 1 && !pair) {
            field.complainAbout(field.text(), CIDRS);
        }
        return cidrs;
    }

    static Optional<Cidr> cidr(Field field, String text) {
        var cidr = Cidr.parse(text.strip());
        if (cidr.isEmpty()) {
            field.complainAbout(text, "a prefix, such as 10.244.0.0/16 or fd00:10:244::/56");
        }
        return cidr;
    }

    private static String interfaceName(Field field, boolean needed) {
        var name = field.text();
        if (needed && (name.isEmpty() || name.length() > INTERFACE_NAME_MAX)) {
            field.complainAbout(name, "the name of an interface or its beginning, at most 15 letters");
        }
        return name;
    }
}
