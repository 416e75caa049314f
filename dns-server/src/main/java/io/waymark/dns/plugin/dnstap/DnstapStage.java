package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.listen.tls.ClientCertificates;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.HostName;
import io.waymark.dns.plugin.ObservingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.forward.ForwardPlugin;
import io.waymark.dns.querylog.LogFormat;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;

/// `dnstap SOCKET [full] { identity NAME; version TEXT; extra FORMAT; skipverify }`: queries and replies are sent to
/// whoever listens at a socket; or `dnstap listen SOCKET [full] { …; tls CERTIFICATE KEY [AUTHORITY] }`: to whoever
/// connects to one of ours. A block may have several.
/// @param full  whether with the messages as they are on the wire
/// @param extra goes with each; empty if none is written
public record DnstapStage(TapPeer peer, boolean full, String identity, String version, LogFormat extra)
        implements ObservingStage {

    static DnstapStage of(TapAddress socket) {
        return of(new TapPeer.Receiver(socket, true, TapQueue.WAITING_MAX));
    }

    private static DnstapStage of(TapPeer peer) {
        return new DnstapStage(peer, false, HostName.read(), "Waymark", LogFormat.of(""));
    }

    /// Each line is a stage of its own.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var stages = new ArrayList<Stage>();
        for (var line : lines) {
            new DnstapReader(line, remarks).read().ifPresent(stages::add);
        }
        return stages;
    }

    @Override
    public String plugin() {
        return "dnstap";
    }

    @Override
    public List<Setting> settings() {
        var byDefault = of(peer);
        var settings = new ArrayList<Setting>();
        settings.add(new Setting("socket", peer.toString(), false));
        switch (peer) {
            case TapPeer.Receiver(var socket, var verified, var waitingMax) -> {
                settings.add(Setting.of("skipverify", !verified, false));
                settings.add(Setting.of("queue", waitingMax, TapQueue.WAITING_MAX));
            }
            case TapPeer.Callers(var socket, var tls) ->
                tls.ifPresent(files -> {
                    settings.add(new Setting("certificate", files.certificate(), false));
                    settings.add(new Setting("key", files.key(), false));
                    settings.add(new Setting(
                            "client_auth",
                            Words.lowerCase(files.clients()),
                            files.clients() == ClientCertificates.NOCERT));
                });
        }
        settings.add(Setting.of("full", full, false));
        settings.add(Setting.of("identity", identity, byDefault.identity));
        settings.add(Setting.of("version", version, byDefault.version));
        settings.add(Setting.of("extra", extra, byDefault.extra));
        return settings;
    }

    @Override
    public Observer start(Surroundings around) {
        var output = output(around);
        for (var forward : around.allBehind(ForwardPlugin.class)) {
            forward.tellAttempts(
                    attempt -> output.add(new TapAttempt(attempt, around.clock().instant())));
        }
        return new DnstapPlugin(this, output, around.clock());
    }

    /// A socket that we listen at outlives a reload, with those who are connected.
    private TapOutput output(Surroundings around) {
        return switch (peer) {
            case TapPeer.Receiver receiver -> around.begin(TapSender.start(this, receiver, around.metrics()));
            case TapPeer.Callers callers -> {
                var listener = around.kept(callers, () -> TapListener.open(callers, around.metrics()));
                yield message -> listener.add(this, message);
            }
        };
    }

    @Override
    public boolean failuresOnly() {
        return false;
    }
}
