package io.waymark.dns.plan;

import io.waymark.dns.corefile.Corefile;
import io.waymark.dns.corefile.CorefileRead;
import io.waymark.dns.corefile.CorefileReader;
import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.corefile.Problem;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Warning;
import io.waymark.dns.corefile.stage.ListenAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A Corefile compiled: where to listen, what to serve there, and by which stages.
/// @param blocks    in the order of the Corefile
/// @param listeners one per transport and address, in their order; each zone's block is one of `blocks`
/// @param warnings  in the order of their positions
public record ServerPlan(List<BlockPlan> blocks, List<ListenerPlan> listeners, List<Warning> warnings) {

    /// Copies the lists.
    public ServerPlan {
        blocks = List.copyOf(blocks);
        listeners = List.copyOf(listeners);
        warnings = List.copyOf(warnings);
    }

    /// The servers that answer for a block, as metrics call them, in the listeners' order.
    public List<String> servers(BlockPlan block) {
        return listeners.stream()
                .filter(listener -> listener.zones().stream()
                        .anyMatch(served -> served.block().number() == block.number()))
                .map(ListenerPlan::server)
                .toList();
    }

    /// Compiles a Corefile as on a host without network interfaces. Pure: says nothing about files that may not be
    /// there.
    /// @param defaultPort of zones without a port and with transport DNS, 0 to 65535; 0 lets the
    ///                    system choose
    public static PlanRead compile(Corefile corefile, int defaultPort) {
        var none = Host.of(name -> Optional.empty(), ImportResolver.NONE);
        return compile(corefile, none, new ListenAddress(ListenAddress.ANY, defaultPort));
    }

    private static PlanRead compile(Corefile corefile, Host host, ListenAddress unbound) {
        var remarks = new Remarks();
        corefile.warnings().forEach(remarks::add);
        return compile(corefile, host, unbound, remarks);
    }

    /// Reads and compiles a text, reporting problems of both in one go.
    /// @param file        how the text is called in messages; imports are relative to it
    /// @param environment the value of a variable; empty if it is not set
    /// @param defaultPort as for [#compile]
    public static PlanRead read(
            String file,
            String text,
            Function<String, Optional<String>> environment,
            ImportResolver imports,
            int defaultPort) {
        return read(file, text, Host.of(environment, imports), new ListenAddress(ListenAddress.ANY, defaultPort));
    }

    /// As above.
    /// @param unbound where zones are served whose block has no `bind`, and at which port those
    ///                that name none
    public static PlanRead read(String file, String text, Host host, ListenAddress unbound) {
        return switch (CorefileReader.read(file, text, host.environment(), host.imports())) {
            case CorefileRead.Read(var corefile) -> compile(corefile, host, unbound);
            case CorefileRead.Failed(var problems, var readable) -> {
                var remarks = new Remarks();
                readable.warnings().forEach(remarks::add);
                problems.forEach(remarks::add);
                yield compile(readable, host, unbound, remarks);
            }
        };
    }

    private static PlanRead compile(Corefile corefile, Host host, ListenAddress unbound, Remarks remarks) {
        var compiler = new PlanCompiler(unbound, host.interfaces(), remarks);
        corefile.blocks().forEach(compiler::add);
        List<Problem> problems = remarks.problems();
        return problems.isEmpty()
                ? new PlanRead.Planned(new ServerPlan(compiler.blocks(), compiler.listeners(), remarks.warnings()))
                : new PlanRead.Failed(problems, remarks.warnings());
    }
}
