package io.waymark.proxy.netlink;

/// The kernel would not do what it was asked outside of a batch: open a socket, answer a request.
/// Its message is one line: what was asked, what the kernel said, what is missing if that is known.
public final class NetlinkException extends Exception {
    private static final long serialVersionUID = 1;

    private final int errno;

    public NetlinkException(String asked, int errno) {
        super(asked + ": " + Errno.text(errno) + remedy(errno));
        this.errno = errno;
    }

    private static String remedy(int errno) {
        return switch (errno) {
            case Errno.EPERM -> "; needs the capability NET_ADMIN in this network namespace";
            case Errno.EPROTONOSUPPORT, Errno.EAFNOSUPPORT -> "; needs a kernel with nfnetlink and nf_tables";
            case Errno.EOPNOTSUPP -> "; needs Linux 5.13 or newer";
            default -> "";
        };
    }

    /// What the kernel said; see [Errno].
    public int errno() {
        return errno;
    }
}
