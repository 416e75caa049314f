package io.waymark.source.manifest;

import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.Hints;
import io.waymark.source.SourceScope;
import io.waymark.source.document.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Reads EndpointSlices (discovery.k8s.io/v1).
final class SliceReader {
    private final boolean podNames;
    private final boolean traffic;
    /// Nodes and zones are few and their endpoints many: one object for each text.
    private final Map<String, String> texts = new HashMap<>();

    /// @param scope what endpoints keep
    SliceReader(SourceScope scope) {
        this.podNames = scope.podNames();
        this.traffic = scope.traffic().isWanted();
    }

    Manifest.OfSlice read(ObjectHead head, Field root) {
        var family = family(root.child("addressType"));
        var ports = ports(root.child("ports"));
        var rows = new Endpoints.Builder(family.octets());
        for (var endpoint : root.child("endpoints").items()) {
            readEndpoint(endpoint, family, rows);
        }
        String service = head.labels().getOrDefault(Manifest.OfSlice.SERVICE_LABEL, "");
        var slice = new EndpointSlice(head.key().namespacedName(), head.origin(), service, ports, rows.build());
        return new Manifest.OfSlice(head.key(), head.origin(), head.labels(), slice);
    }

    private static IpFamily family(Field addressType) {
        var family = IpFamily.parse(addressType.text());
        if (family.isEmpty()) {
            addressType.complainAbout(addressType.text(), "IPv4 or IPv6");
        }
        return family.orElse(IpFamily.IPV4);
    }

    private static List<EndpointPort> ports(Field list) {
        var names = new HashSet<String>();
        var ports = new ArrayList<EndpointPort>();
        for (var item : list.items()) {
            String name = ApiName.LABEL.read(item.child("name"));
            if (!names.add(name)) {
                item.child("name").complainAbout(name, "a name that no other port of the slice has");
            }
            var protocol = ServiceReader.protocol(item.child("protocol"));
            // Without a number it means any port, which nothing here can be told.
            item.child("port")
                    .integer(1, ServiceReader.PORT_MAX)
                    .ifPresent(port -> ports.add(new EndpointPort(name, protocol, port)));
        }
        return ports;
    }

    private void readEndpoint(Field endpoint, IpFamily family, Endpoints.Builder rows) {
        var addresses = endpoint.child("addresses");
        if (addresses.items().isEmpty()) {
            addresses.complainAbout("", "at least one address");
        }
        var row = row(endpoint);
        // The data path takes the first only, as the API has it.
        for (var field : traffic ? first(addresses.items()) : addresses.items()) {
            var address = field.address();
            if (!field.isGiven()) {
                field.complainAbout("", "an address of " + family);
            } else if (address.isPresent() && IpFamily.of(address.get()) != family) {
                field.complainAbout(address.get().toString(), "an address of " + family + ", as addressType says");
            } else {
                address.ifPresent(known -> rows.add(known, row));
            }
        }
    }

    private static List<Field> first(List<Field> fields) {
        return fields.subList(0, Math.min(1, fields.size()));
    }

    private Endpoints.Row row(Field endpoint) {
        var conditions = endpoint.child("conditions");
        boolean ready = conditions.child("ready").flag(true);
        var target = endpoint.child("targetRef");
        boolean named = podNames && target.child("kind").text().equals("Pod");
        return new Endpoints.Row(
                ready,
                conditions.child("serving").flag(ready),
                conditions.child("terminating").flag(false),
                ApiName.LABEL.read(endpoint.child("hostname")),
                shared(endpoint.child("nodeName").text()),
                shared(endpoint.child("zone").text()),
                named ? target.child("name").text() : "",
                traffic ? hints(endpoint.child("hints")) : Hints.NONE);
    }

    private Hints hints(Field field) {
        return field.isAbsent()
                ? Hints.NONE
                : new Hints(names(field.child("forZones")), names(field.child("forNodes")));
    }

    private List<String> names(Field list) {
        return list.items().stream()
                .map(item -> shared(item.child("name").text()))
                .toList();
    }

    private String shared(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }
}
