package io.waymark.proxy.netlink;

/// Numbers of errno(3) that netlink answers with, as on all of Linux' 64-bit machines that run Java.
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ENOSPC = 28;
    public static final int ERANGE = 34;
    public static final int ERESTART = 85;
    public static final int EMSGSIZE = 90;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int ENOBUFS = 105;

    private Errno() {}

    /// Its name with what it means, such as `ENOENT (no such object)`.
    public static String text(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM (not allowed)";
            case ENOENT -> "ENOENT (no such object)";
            case EINTR -> "EINTR (interrupted)";
            case EAGAIN -> "EAGAIN (nothing there)";
            case ENOMEM -> "ENOMEM (no memory)";
            case EBUSY -> "EBUSY (in use)";
            case EEXIST -> "EEXIST (exists with other contents)";
            case EINVAL -> "EINVAL (not valid)";
            case EMFILE -> "EMFILE (too many files, or too deep a chain of jumps)";
            case ENOSPC -> "ENOSPC (full)";
            case ERANGE -> "ERANGE (out of range)";
            case ERESTART -> "ERESTART (changed by somebody else meanwhile)";
            case EMSGSIZE -> "EMSGSIZE (too long for the socket)";
            case EPROTONOSUPPORT -> "EPROTONOSUPPORT (the kernel lacks this part of netlink)";
            case EOPNOTSUPP -> "EOPNOTSUPP (not supported by this kernel)";
            case EAFNOSUPPORT -> "EAFNOSUPPORT (the kernel lacks netlink, or this family)";
            case ENOBUFS -> "ENOBUFS (replies were lost)";
            default -> "errno " + errno;
        };
    }
}
