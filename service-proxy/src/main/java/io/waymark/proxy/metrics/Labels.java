package io.waymark.proxy.metrics;

import io.waymark.records.address.IpFamily;

/// The labels of one sample, as the text format has them: `{ip_family="IPv4"}`.
final class Labels {
    static final String NONE = "";

    private Labels() {}

    static String of(IpFamily family) {
        return of("ip_family", family.toString());
    }

    /// @param pairs names and values by turns, the names in their order
    static String of(String... pairs) {
        var text = new StringBuilder("{");
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append(pairs[i])
                    .append("=\"")
                    .append(pairs[i + 1]
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n"))
                    .append('"');
        }
        return text.append('}').toString();
    }

    /// The same with one more at the end.
    static String with(String labels, String name, String value) {
        var more = of(name, value);
        return labels.isEmpty() ? more : labels.substring(0, labels.length() - 1) + "," + more.substring(1);
    }
}
