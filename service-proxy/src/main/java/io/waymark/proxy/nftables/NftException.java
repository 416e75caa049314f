package io.waymark.proxy.nftables;

/// The kernel did not do what it was asked. What it holds may differ from the rules until
/// [NftApplier#verify] has succeeded. The message is one line and says what is missing if that is known.
public final class NftException extends Exception {
    private static final long serialVersionUID = 1;

    NftException(String what) {
        super(what);
    }

    NftException(String what, Exception cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
