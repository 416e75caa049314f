package io.waymark.proxy.host;

/// One number that the kernel keeps in a file.
/// @param file  below the root, without a slash before it: `proc/sys/net/netfilter/nf_conntrack_max`
/// @param asked the field of the configuration that asks for it
record KernelSetting(String file, long value, Rule rule, String asked) {

    /// When the number that is there will do.
    enum Rule {
        EXACTLY,
        AT_LEAST
    }

    boolean isMetBy(long found) {
        return switch (rule) {
            case EXACTLY -> found == value;
            case AT_LEAST -> found >= value;
        };
    }
}
