package io.waymark.proxy.iptables;

/// iptables' tables could not be read or changed. The message is one line and says what is missing if
/// that is known.
public final class IptablesException extends Exception {
    private static final long serialVersionUID = 1;

    public IptablesException(String what) {
        super(what);
    }

    public IptablesException(String what, Exception cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
