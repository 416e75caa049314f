package io.waymark.source.kubernetes.protobuf;

/// Which texts can be names of objects, and so become labels of domain names.
public final class ObjectNames {
    private static final int LABEL_MAX = 63;
    private static final int SUBDOMAIN_MAX = 253;

    private ObjectNames() {}

    /// A label of RFC 1123 §2.1 as the API has them: lower-case letters, digits and inner hyphens.
    public static boolean isLabel(String text) {
        return text.length() <= LABEL_MAX && isLabel(text, 0, text.length());
    }

    /// Labels joined by dots, of any length up to the whole's: the names of slices and Pods.
    static boolean isSubdomain(String text) {
        if (text.length() > SUBDOMAIN_MAX) {
            return false;
        }
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            if (!isLabel(text, from, dot)) {
                return false;
            }
            from = dot + 1;
        }
        return isLabel(text, from, text.length());
    }

    private static boolean isLabel(String text, int from, int to) {
        if (from >= to || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }
}
