package io.waymark.dns.plugin;

/// A plugin cannot start because the world lacks something: a file, an address. The message says
/// where in the Corefile it is asked for, what was found, and what to do.
public final class PluginStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PluginStartException(String message) {
        super(message);
    }
}
