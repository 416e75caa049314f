package io.waymark.dns.plugin.hosts;

import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `hosts [FILE [ZONE…]] { … }`: names out of a file in the form of /etc/hosts, and out of the Corefile.
/// @param file        as written; it may be missing
/// @param zones       names elsewhere are left to the next plugin
/// @param inline      the lines in the Corefile, in the form of the file
/// @param ttlSeconds  1 to [#TTL_MAX]
/// @param reverse     whether addresses lead to names too
/// @param reload      between two looks at the file; 0 for none after the start
/// @param fallthrough which names that are missing are left to the next plugin
/// @param unsupported for which names other types than A, AAAA and PTR are left to the next plugin
record HostsStage(
        String file,
        List<DomainName> zones,
        List<String> inline,
        int ttlSeconds,
        boolean reverse,
        Duration reload,
        Fallthrough fallthrough,
        Fallthrough unsupported)
        implements AnsweringStage {
    static final String FILE_DEFAULT = "/etc/hosts";
    static final int TTL_DEFAULT = 3_600;
    static final int TTL_MAX = 65_535;
    static final Duration RELOAD_DEFAULT = Duration.ofSeconds(5);

    /// Copies the lists.
    HostsStage {
        zones = List.copyOf(zones);
        inline = List.copyOf(inline);
    }

    @Override
    public String plugin() {
        return "hosts";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("file", file, FILE_DEFAULT),
                new Setting("zones", Words.join(zones), false),
                new Setting("inline", Words.count(inline.size(), "line", "lines"), inline.isEmpty()),
                Setting.of("ttl", ttlSeconds, TTL_DEFAULT),
                Setting.of("no_reverse", !reverse, false),
                new Setting("reload", GoDuration.write(reload), reload.equals(RELOAD_DEFAULT)),
                Setting.of("fallthrough", fallthrough, Fallthrough.NONE),
                Setting.of("fallthrough_unsupported", unsupported, Fallthrough.NONE));
    }

    @Override
    public Plugin start(Surroundings around) {
        var inlined = new HostsTable(String.join("\n", inline), zones, reverse);
        var names = new HostsFile(Path.of(file), zones, reverse);
        names.look();
        if (reload.isPositive()) {
            around.every(reload, names::look);
        }
        around.metrics()
                .gauge("coredns_hosts_entries", "The combined number of entries in hosts and Corefile.", "hostsfile")
                .set(() -> names.table().size() + inlined.size(), file);
        around.metrics()
                .gauge("coredns_hosts_reload_timestamp_seconds", "The timestamp of the last reload of hosts file.")
                .set(names::changedAt);
        return new HostsPlugin(this, names, inlined, around.has("forward"));
    }
}
