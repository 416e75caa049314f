package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.HostName;
import io.waymark.dns.plugin.ObservingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.forward.ForwardPlugin;
import io.waymark.dns.querylog.LogFormat;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `dnstap SOCKET [full] { identity NAME; version TEXT; extra FORMAT; skipverify }`: queries and replies are sent to
/// whoever listens at a socket. A block may have several.
/// @param verified whether the certificate of who listens over TLS is checked
/// @param full  whether with the messages as they are on the wire
/// @param extra goes with each; empty if none is written
public record DnstapStage(
        TapAddress socket, boolean verified, boolean full, String identity, String version, LogFormat extra)
        implements ObservingStage {
    private static final String SHAPE = "dnstap SOCKET [full]";
    private static final ValueKind<TapAddress> SOCKET = new ValueKind<>(
            "a socket: /PATH, unix:///PATH, tcp://ADDRESS:PORT or tls://ADDRESS:PORT (host names are not looked up;"
                    + " listen is not supported yet by this version)",
            List.of(),
            TapAddress::parse);
    private static final ValueKind<String> FULL = new ValueKind<>(
            "full, or nothing", List.of("full"), text -> Optional.of(text).filter("full"::equals));

    static DnstapStage of(TapAddress socket) {
        return new DnstapStage(socket, true, false, HostName.read(), "Waymark", LogFormat.of(""));
    }

    /// Each line is a stage of its own.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var stages = new ArrayList<Stage>();
        for (var line : lines) {
            read(line, remarks).ifPresent(stages::add);
        }
        return stages;
    }

    private static Optional<DnstapStage> read(Directive line, Remarks remarks) {
        var section = new Section(line, remarks);
        section.argumentsMax(2, SHAPE);
        var words = line.arguments();
        boolean full =
                words.size() > 1 && section.read("dnstap", words.get(1), FULL).isPresent();
        var identity = section.value("identity", ValueKind.TEXT, "");
        var version = section.value("version", ValueKind.TEXT, "Waymark");
        var extra = LogFormat.of(section.value("extra", ValueKind.TEXT, ""));
        boolean verified = !section.flag("skipverify");
        section.finish();
        if (words.isEmpty()) {
            section.missing(line, SOCKET.expected(), line);
            return Optional.empty();
        }
        return section.read("dnstap", words.getFirst(), SOCKET)
                .map(socket -> new DnstapStage(
                        socket, verified, full, identity.isEmpty() ? HostName.read() : identity, version, extra));
    }

    @Override
    public String plugin() {
        return "dnstap";
    }

    @Override
    public List<Setting> settings() {
        var byDefault = of(socket);
        return List.of(
                new Setting("socket", socket.toString(), false),
                Setting.of("skipverify", !verified, false),
                Setting.of("full", full, false),
                Setting.of("identity", identity, byDefault.identity),
                Setting.of("version", version, byDefault.version),
                Setting.of("extra", extra, byDefault.extra));
    }

    @Override
    public Observer start(Surroundings around) {
        var sender = around.begin(TapSender.start(this, around.metrics()));
        for (var forward : around.allBehind(ForwardPlugin.class)) {
            forward.tellAttempts(
                    attempt -> sender.add(new TapAttempt(attempt, around.clock().instant())));
        }
        return new DnstapPlugin(this, sender, around.clock());
    }

    @Override
    public boolean failuresOnly() {
        return false;
    }
}
