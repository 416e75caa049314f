package io.waymark.dns.plugin.errors;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pattern.GoPattern;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.ObservingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.querylog.LogLevel;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `errors { consolidate DURATION REGEXP [LEVEL] [show_first]; stacktrace }`: each query that could not
/// be answered is logged with its reason. Defects have their stack in the log with or without
/// `stacktrace`.
/// @param rules which errors are counted instead of written; the first that matches counts
public record ErrorsStage(List<Rule> rules) implements ObservingStage {
    private static final String SHAPE = "consolidate DURATION REGEXP [LEVEL] [show_first]";
    private static final String SHOW_FIRST = "show_first";
    private static final int WORDS_MIN = 2;
    private static final int WORDS_MAX = 4;

    private static final ValueKind<String> STDOUT = new ValueKind<>(
            "stdout, or nothing", List.of("stdout"), text -> Optional.of(text).filter("stdout"::equals));
    private static final ValueKind<LogLevel> LEVEL = ValueKind.oneOf(LogLevel.values(), '_');

    /// Copies the rules.
    public ErrorsStage {
        rules = List.copyOf(rules);
    }

    /// Errors that are told together.
    /// @param period    from the first of them until they are told; more than 0
    /// @param pattern   found in their reasons
    /// @param showFirst whether the first is written at once
    public record Rule(Duration period, GoPattern pattern, LogLevel level, boolean showFirst) {
        @Override
        public String toString() {
            return GoDuration.write(period) + " " + pattern + " " + level + (showFirst ? " " + SHOW_FIRST : "");
        }
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(1, "errors [stdout]");
        section.argument(STDOUT, "");
        section.flag("stacktrace");
        var rules = new ArrayList<Rule>();
        for (var line : section.lines("consolidate")) {
            rule(line, section).ifPresent(rules::add);
        }
        section.finish();
        return List.of(new ErrorsStage(rules));
    }

    private static Optional<Rule> rule(Directive line, Section section) {
        var words = line.arguments();
        if (words.size() < WORDS_MIN || words.size() > WORDS_MAX) {
            section.remarks().problem(line.name(), "consolidate: expected " + SHAPE);
            return Optional.empty();
        }
        var period = section.read("consolidate", words.get(0), ValueKind.TIME);
        var pattern = section.read("consolidate", words.get(1), GoPattern.KIND);
        var rest = new ArrayList<>(words.subList(WORDS_MIN, words.size()));
        boolean showFirst = !rest.isEmpty() && rest.getLast().text().equals(SHOW_FIRST) && rest.removeLast() != null;
        if (rest.size() > 1) {
            Token surplus = rest.get(1);
            section.remarks().problem(surplus, "consolidate: found " + surplus.quoted() + ", expected " + SHAPE);
        }
        var level = rest.isEmpty() ? Optional.of(LogLevel.ERROR) : section.read("consolidate", rest.getFirst(), LEVEL);
        return period.flatMap(
                time -> pattern.flatMap(found -> level.map(written -> new Rule(time, found, written, showFirst))));
    }

    @Override
    public String plugin() {
        return "errors";
    }

    @Override
    public List<Setting> settings() {
        return rules.stream()
                .map(rule -> new Setting("consolidate", rule.toString(), false))
                .toList();
    }

    @Override
    public Observer start(Surroundings around) {
        boolean debug = around.has("debug");
        var vertx = around.loops().vertx();
        var consolidations = rules.stream()
                .map(rule -> around.begin(new Consolidation(
                        rule,
                        around.log(),
                        debug,
                        tell -> vertx.setTimer(Math.max(1, rule.period().toMillis()), timer -> tell.run()))))
                .toList();
        return new ErrorsPlugin(consolidations, around.log(), debug);
    }

    @Override
    public boolean failuresOnly() {
        return true;
    }
}
