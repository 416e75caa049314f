package io.waymark.dns.plugin.autopath;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.records.name.DomainName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The domains that a client's resolver puts behind a name, one after the other. Never blocks.
@FunctionalInterface
interface SearchList {
    /// Empty if it is not known.
    List<DomainName> of(Exchange exchange);

    /// The domains of the last `search` or `domain` line of a file in the form of resolv.conf(5), each
    /// that is one.
    static List<DomainName> read(Path file) throws IOException {
        var domains = new ArrayList<DomainName>();
        for (var line :
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            var words = List.of(line.strip().split("\\s+"));
            if (words.getFirst().equals("search") || words.getFirst().equals("domain")) {
                domains.clear();
                words.stream()
                        .skip(1)
                        .flatMap(word -> DomainName.parse(word).stream())
                        .forEach(domains::add);
            }
        }
        return domains;
    }

    /// What the kubelet gives to a Pod of this namespace (`dnsPolicy: ClusterFirst`), up to its node's.
    static List<DomainName> ofPod(String namespace, DomainName zone, List<DomainName> further) {
        var services = zone.child("svc");
        var all = new ArrayList<>(Arrays.asList(services.child(namespace), services, zone));
        all.addAll(further);
        return all;
    }
}
