package io.waymark.dns.plugin.forward;

/// Forwarding cannot begin, because whom to ask cannot be found out. The message says where it is
/// configured, what is wrong, and what to do.
public final class ForwardStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ForwardStartException(String message) {
        super(message);
    }
}
