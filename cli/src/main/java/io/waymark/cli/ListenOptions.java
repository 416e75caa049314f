package io.waymark.cli;

import io.waymark.dns.corefile.stage.ListenAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// Where zones are served that do not say it themselves.
final class ListenOptions {
    /// All addresses, port 53.
    static final ListenAddress COREDNS = new ListenAddress(ListenAddress.ANY, 53);

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "ADDR:PORT",
            description = "Where to serve what the Corefile does not bind itself; `:53` is every address."
                    + " Default: 127.0.0.1:1053 with the built-in Corefile, :53 with a file.")
    private @Nullable String listen;

    @Option(
            names = {"-dns.port", "--dns.port", "-p"},
            paramLabel = "PORT",
            description = "The port alone, as CoreDNS has it.")
    private @Nullable String port;

    /// Fails with a [ParameterException] if what was given is no address or port.
    ListenAddress orElse(ListenAddress byDefault) {
        var address = listen == null ? byDefault : parse(listen);
        return port == null ? address : new ListenAddress(address.address(), parsePort(port));
    }

    private ListenAddress parse(String text) {
        return ListenAddress.parse(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--listen: found \"" + text
                                + "\", expected ADDR:PORT such as 127.0.0.1:1053, [::1]:53 or :53"));
    }

    private int parsePort(String text) {
        return ListenAddress.port(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "-dns.port: found \"" + text + "\", expected a number from 0 to 65535"));
    }
}
