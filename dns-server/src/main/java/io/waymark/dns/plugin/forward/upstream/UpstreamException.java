package io.waymark.dns.plugin.forward.upstream;

/// An upstream did not reply. The message says which one and why.
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1;

    public UpstreamException(String message) {
        // Without a stack trace: nothing of ours failed, and there may be thousands a second.
        super(message, null, false, false);
    }
}
