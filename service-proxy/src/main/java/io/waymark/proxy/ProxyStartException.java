package io.waymark.proxy;

/// The data path cannot be served here. The message is one line that says what is missing.
public final class ProxyStartException extends Exception {
    private static final long serialVersionUID = 1;

    ProxyStartException(String what, Exception cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    ProxyStartException(String what) {
        super(what);
    }
}
