package io.waymark.source.manifest;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.source.document.Field;
import io.waymark.source.manifest.Manifest.Naming;
import io.waymark.source.manifest.Manifest.Port;
import io.waymark.source.manifest.Manifest.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Reads a Service's spec and refuses what the API server refuses, as far as it matters to names
/// and endpoints.
final class ServiceReader {
    static final int PORT_MAX = 65_535;
    private static final int ADDRESSES_MAX = 2;
    private static final String NONE = "None";

    private ServiceReader() {}

    /// @param traffic whether to read how packets to it are treated
    static Manifest.OfService read(ObjectHead head, Field root, boolean traffic) {
        var spec = root.child("spec");
        if (spec.isAbsent()) {
            spec.complain("there is none; expected the ports at least");
        }
        var type = spec.child("type").text(ServiceReader::isType, "ClusterIP, NodePort, LoadBalancer or ExternalName");
        var naming = naming(spec, type);
        var claimed = naming instanceof Naming.Addresses(var addresses) ? addresses : List.<IpAddress>of();
        spec.child("externalIPs").items().forEach(Field::address);
        var ports = ports(spec.child("ports"), traffic);
        if (ports.isEmpty() && naming instanceof Naming.Addresses) {
            spec.child("ports").complainAbout("", "at least one port");
        }
        return new Manifest.OfService(
                head.key(),
                head.origin(),
                head.labels(),
                naming,
                families(spec, claimed),
                ports,
                naming instanceof Naming.Alias
                        ? Map.of()
                        : spec.child("selector").texts(),
                spec.child("publishNotReadyAddresses").flag(false),
                traffic ? TrafficReader.read(root, type) : ServiceTraffic.PLAIN);
    }

    private static boolean isType(String type) {
        return switch (type) {
            case "ClusterIP", "NodePort", "LoadBalancer", "ExternalName" -> true;
            default -> false;
        };
    }

    private static Naming naming(Field spec, String type) {
        var addresses = clusterIps(spec);
        if (type.equals("ExternalName")) {
            if (!addresses.isEmpty()) {
                addresses.getFirst().complain("an ExternalName Service has none; expected the field to be left out");
            }
            return new Naming.Alias(target(spec.child("externalName")));
        }
        boolean headless = addresses.size() == 1 && addresses.getFirst().text().equals(NONE);
        if (!headless) {
            return new Naming.Addresses(addresses.stream()
                    .flatMap(field -> field.address().stream())
                    .toList());
        }
        if (!type.isEmpty() && !type.equals("ClusterIP")) {
            addresses.getFirst().complain("found None; a " + type + " Service needs an address: leave the field out");
        }
        return new Naming.Endpoints();
    }

    /// The fields that hold the Service's addresses, or the one that says None; none if they are to
    /// be given. `clusterIP` is the older form of the first of `clusterIPs`.
    private static List<Field> clusterIps(Field spec) {
        var first = spec.child("clusterIP");
        var all = spec.child("clusterIPs").items();
        if (all.size() > ADDRESSES_MAX) {
            spec.child("clusterIPs").complainAbout(all.size() + " addresses", "at most one of each family");
        }
        if (all.isEmpty()) {
            return first.isGiven() ? List.of(first) : List.of();
        }
        if (first.isGiven() && !first.text().equals(all.getFirst().text())) {
            all.getFirst().complainAbout(all.getFirst().text(), first.text() + ", as in clusterIP");
        }
        return all;
    }

    private static String target(Field externalName) {
        var target = externalName.text();
        var bare = target.endsWith(".") ? target.substring(0, target.length() - 1) : target;
        if (!ApiName.SUBDOMAIN.isFormOf(bare)) {
            externalName.complainAbout(target, "a DNS name in lower case, such as db.example.com");
        }
        return target;
    }

    /// The families in their order: named, those of the addresses, or IPv4; both if the policy or
    /// two of them ask for both.
    private static List<IpFamily> families(Field spec, List<IpAddress> claimed) {
        var policyField = spec.child("ipFamilyPolicy");
        var policy = policyField.text(ServiceReader::isPolicy, "SingleStack, PreferDualStack or RequireDualStack");
        var families = new ArrayList<IpFamily>();
        for (var field : spec.child("ipFamilies").items()) {
            var family = IpFamily.parse(field.text());
            if (family.isEmpty() || families.contains(family.get())) {
                field.complainAbout(field.text(), "IPv4 or IPv6, each at most once");
            }
            family.ifPresent(families::add);
        }
        int named = families.size();
        for (int i = 0; i < Math.min(claimed.size(), ADDRESSES_MAX); i++) {
            var family = IpFamily.of(claimed.get(i));
            if (i < named ? families.get(i) != family : families.contains(family)) {
                spec.child("clusterIPs").complainAbout(claimed.get(i).toString(), "an address of " + family.other());
            } else if (i >= named) {
                families.add(family);
            }
        }
        if (policy.equals("SingleStack") && families.size() > 1) {
            policyField.complainAbout(policy, "PreferDualStack or RequireDualStack, for two families are asked for");
        }
        if (families.isEmpty()) {
            families.add(IpFamily.IPV4);
        }
        if (policy.endsWith("DualStack") && families.size() == 1) {
            families.add(families.getFirst().other());
        }
        return List.copyOf(families);
    }

    private static boolean isPolicy(String policy) {
        return switch (policy) {
            case "SingleStack", "PreferDualStack", "RequireDualStack" -> true;
            default -> false;
        };
    }

    private static List<Port> ports(Field list, boolean traffic) {
        var items = list.items();
        var names = new HashSet<String>();
        var numbers = new HashSet<String>();
        var ports = new ArrayList<Port>(items.size());
        for (var item : items) {
            var nameField = item.child("name");
            String name = items.size() > 1 ? ApiName.LABEL.require(nameField) : ApiName.LABEL.read(nameField);
            if (!name.isEmpty() && !names.add(name)) {
                nameField.complainAbout(name, "a name that no other port of the Service has");
            }
            var protocol = protocol(item.child("protocol"));
            int number = requiredPort(item.child("port"));
            if (number > 0 && !numbers.add(protocol + "/" + number)) {
                item.child("port").complainAbout(number + "/" + protocol, "a port that the Service does not have yet");
            }
            int nodePort = traffic ? item.child("nodePort").integer(0, PORT_MAX).orElse(0) : 0;
            ports.add(new Port(
                    new ServicePort(name, protocol, number, nodePort), target(item.child("targetPort"), number)));
        }
        return List.copyOf(ports);
    }

    private static Target target(Field field, int servicePort) {
        if (!field.isGiven()) {
            return new Target.ByNumber(servicePort);
        }
        if (field.isNumber()) {
            // 0 is what some writers put for none; the API reads it so.
            int number = field.integer(0, PORT_MAX).orElse(0);
            return new Target.ByNumber(number == 0 ? servicePort : number);
        }
        return new Target.ByName(ApiName.PORT.read(field));
    }

    /// The protocol, by default TCP.
    static Protocol protocol(Field field) {
        var found = Protocol.parse(field.text());
        if (found.isEmpty()) {
            field.complainAbout(field.text(), "TCP, UDP or SCTP");
        }
        return found.orElse(Protocol.TCP);
    }

    /// A port's number, 0 with a problem if there is none.
    static int requiredPort(Field field) {
        if (field.isAbsent()) {
            field.complainAbout("", "a whole number from 1 to " + PORT_MAX);
        }
        return field.integer(1, PORT_MAX).orElse(0);
    }
}
