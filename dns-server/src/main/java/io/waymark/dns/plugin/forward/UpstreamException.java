package io.waymark.dns.plugin.forward;

/// An upstream did not reply. The message says which one and why.
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1;

    public UpstreamException(String message) {
        super(message);
    }
}
