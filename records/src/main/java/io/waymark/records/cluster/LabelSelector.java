package io.waymark.records.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A label selector in the API's text form: `app=web,tier!=cache,env in (a,b),!legacy`. The text
/// goes to the API server as it is; sources without a server match with it themselves.
/// @param text         as written
/// @param requirements all of which an object's labels must meet
public record LabelSelector(String text, List<Requirement> requirements) {

    /// Selects everything.
    public static final LabelSelector ALL = new LabelSelector("", List.of());

    private static final String KEY = "([A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?)";
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile(KEY + "\\s*(=|==|!=)\\s*([-A-Za-z0-9_.]*)");
    private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*" + KEY);

    /// Copies the requirements.
    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /// One condition on one label.
    public sealed interface Requirement {
        /// The label is there and has one of the values.
        record In(String key, Set<String> values) implements Requirement {}

        /// The label is not there or has none of the values.
        record NotIn(String key, Set<String> values) implements Requirement {}

        /// The label is there.
        record Exists(String key) implements Requirement {}

        /// The label is not there.
        record Absent(String key) implements Requirement {}
    }

    /// Reads the text form; empty if it is none.
    public static Optional<LabelSelector> parse(String text) {
        var requirements = new ArrayList<Requirement>();
        for (String part : text.split(",(?![^(]*\\))", -1)) {
            var requirement = requirement(part.strip());
            if (requirement.isEmpty()) {
                return Optional.empty();
            }
            requirements.add(requirement.get());
        }
        return Optional.of(new LabelSelector(text, requirements));
    }

    private static Optional<Requirement> requirement(String part) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            var values = new TreeSet<String>();
            Arrays.stream(set.group(3).split(",", -1)).map(String::strip).forEach(values::add);
            return Optional.of(
                    set.group(2).equals("in")
                            ? new Requirement.In(set.group(1), values)
                            : new Requirement.NotIn(set.group(1), values));
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            var value = Set.of(equality.group(3));
            return Optional.of(
                    equality.group(2).equals("!=")
                            ? new Requirement.NotIn(equality.group(1), value)
                            : new Requirement.In(equality.group(1), value));
        }
        Matcher presence = PRESENCE.matcher(part);
        if (presence.matches()) {
            return Optional.of(
                    presence.group(1).isEmpty()
                            ? new Requirement.Exists(presence.group(2))
                            : new Requirement.Absent(presence.group(2)));
        }
        return Optional.empty();
    }

    /// Whether an object with these labels is selected.
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> switch (requirement) {
            case Requirement.In(var key, var values) -> labels.containsKey(key) && values.contains(labels.get(key));
            case Requirement.NotIn(var key, var values) ->
                !labels.containsKey(key) || !values.contains(labels.get(key));
            case Requirement.Exists(var key) -> labels.containsKey(key);
            case Requirement.Absent(var key) -> !labels.containsKey(key);
        });
    }
}
