package io.waymark.source.kubernetes.protobuf;

/// Which ports of Services and slices can be served.
public final class PortRules {
    private PortRules() {}

    /// 1 to 65535.
    public static boolean isNumber(long number) {
        return number >= 1 && number <= 65535;
    }

    /// A port may have no name; a name becomes a label.
    public static boolean isName(String name) {
        return name.isEmpty() || ObjectNames.isLabel(name);
    }

    /// Says that a port is left out, and why.
    public static String problem(String name, String protocol, long number) {
        return "port " + UnfitObjects.quoted(name) + " " + number + "/" + UnfitObjects.printable(protocol)
                + " left out; expected a DNS label, 1 to 65535, and TCP, UDP or SCTP";
    }
}
