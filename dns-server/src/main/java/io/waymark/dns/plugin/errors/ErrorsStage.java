package io.waymark.dns.plugin.errors;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.ObservingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Optional;

/// `errors`: each query that could not be answered is logged with its reason.
public record ErrorsStage() implements ObservingStage {
    private static final ValueKind<String> STDOUT = new ValueKind<>(
            "stdout, or nothing", List.of("stdout"), text -> Optional.of(text).filter("stdout"::equals));

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(1, "errors [stdout]");
        section.argument(STDOUT, "");
        section.notYet("consolidate", "remove the line; repeated errors are logged one by one");
        section.notYet("stacktrace", "remove the line; defects of the server are logged with their stack");
        section.finish();
        return List.of(new ErrorsStage());
    }

    @Override
    public String plugin() {
        return "errors";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Observer start(Surroundings around) {
        return new ErrorsPlugin(around.log());
    }

    @Override
    public boolean failuresOnly() {
        return true;
    }
}
