package io.waymark.proxy.nftables.skeleton;

/// The value of `entries`: a number that constant maps turn into a verdict. One for each chain that
/// decides, so that no map of verdicts ever changes with a Service: the kernel would walk through the
/// whole table for each `goto` that is added.
public final class Code {
    public static final int DROP = 1;
    public static final int REFUSE = 2;
    /// `externalTrafficPolicy: Local`.
    public static final int KEEP_SOURCE = 3;
    /// Source ranges.
    public static final int FIREWALL = 4;

    private static final int SIZE_BITS = 16;
    /// The API allows a day, 86,400 seconds.
    private static final int TIMEOUT_BITS = 20;
    private static final int STICKY = 16;

    private Code() {}

    /// Each connection by itself to one of a list.
    /// @param sizeClass see [SizeClass]
    public static int balanced(Variant variant, int sizeClass) {
        return variant.number() << SIZE_BITS | sizeClass;
    }

    /// A client stays with its backend.
    /// @param seconds after its last connection, 1 to 86,400
    public static int sticky(Variant variant, int seconds) {
        return STICKY + variant.number() << TIMEOUT_BITS | seconds;
    }
}
