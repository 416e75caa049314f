package io.waymark.dns.plugin.https;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.listen.https.HttpsLimits;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `https { max_connections N; max_streams N }`: for the `https://` zones of the block; 0 is no bound.
public record HttpsStage(HttpsLimits limits) implements Stage {
    public static final HttpsStage DEFAULT = new HttpsStage(HttpsLimits.DEFAULT);

    private static final ValueKind<Integer> COUNT = ValueKind.integer(0, Integer.MAX_VALUE);

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(0, "https { max_connections N }");
        int connections = section.value("max_connections", COUNT, DEFAULT.limits.connectionsMax());
        int streams = section.value("max_streams", COUNT, DEFAULT.limits.streamsMax());
        section.finish();
        return List.of(new HttpsStage(new HttpsLimits(bound(connections), bound(streams))));
    }

    private static int bound(int count) {
        return count == 0 ? HttpsLimits.UNBOUNDED : count;
    }

    @Override
    public String plugin() {
        return "https";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                setting("max_connections", limits.connectionsMax(), DEFAULT.limits.connectionsMax()),
                setting("max_streams", limits.streamsMax(), DEFAULT.limits.streamsMax()));
    }

    private static Setting setting(String name, int count, int byDefault) {
        return new Setting(name, Integer.toString(count == HttpsLimits.UNBOUNDED ? 0 : count), count == byDefault);
    }
}
