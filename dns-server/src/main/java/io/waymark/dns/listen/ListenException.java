package io.waymark.dns.listen;

import io.waymark.dns.pipeline.Transport;
import java.util.Locale;

/// A listener cannot listen. The message says where, why, and what to do.
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ListenException(Transport transport, BindAddress address, Throwable cause) {
        super("cannot listen on " + address + "/" + transport + ": " + remedy(transport, address, cause), cause);
    }

    // The system's reasons reach us as text alone, in the JDK's exceptions and in Netty's.
    private static String remedy(Transport transport, BindAddress address, Throwable cause) {
        var reason = String.valueOf(cause.getMessage());
        var lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            var option = transport == Transport.UDP ? "-lunp" : "-ltnp";
            return "the port is in use; `ss " + option + " 'sport = :" + address.port()
                    + "'` shows by whom: stop that, or choose another port (-dns.port N or --listen ADDR:PORT)";
        }
        if (lower.contains("permission denied") || lower.contains("not permitted")) {
            return "no permission for a port below 1024; grant the capability NET_BIND_SERVICE, or choose"
                    + " another port (-dns.port N or --listen ADDR:PORT), for instance 1053";
        }
        if (lower.contains("cannot assign")) {
            return "this host has no such address; `ip address` shows those it has";
        }
        return reason;
    }
}
