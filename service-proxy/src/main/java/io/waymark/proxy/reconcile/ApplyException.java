package io.waymark.proxy.reconcile;

/// The kernel did not do what it was asked. The message is one line that says what is missing, if that
/// is known.
public final class ApplyException extends Exception {
    private static final long serialVersionUID = 1;

    public ApplyException(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
