package io.waymark.testzones.manifests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A PromQL expression of an alert or a panel.
/// @param where it stands, for people
record MetricQuery(String where, String expression) {
    /// A metric and what is asked of its labels: in our files each has braces, or brackets at the least.
    private static final Pattern METRIC = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{([^}]*)}|(?=\\[))");

    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");

    /// Those of the alerts.
    static List<MetricQuery> ofRules(Map<String, Object> prometheusRule) {
        var found = new ArrayList<MetricQuery>();
        var spec = (Map<?, ?>) prometheusRule.get("spec");
        for (var group : (List<?>) spec.get("groups")) {
            for (var rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                var alert = (Map<?, ?>) rule;
                found.add(new MetricQuery(String.valueOf(alert.get("alert")), String.valueOf(alert.get("expr"))));
            }
        }
        return found;
    }

    /// Those of a dashboard's panels.
    static List<MetricQuery> ofDashboard(String json) {
        var found = new ArrayList<MetricQuery>();
        var dashboard = JsonParser.parseString(json).getAsJsonObject();
        for (var panel : dashboard.getAsJsonArray("panels")) {
            var targets = panel.getAsJsonObject().getAsJsonArray("targets");
            if (targets != null) {
                targets.forEach(target -> found.add(query(dashboard, panel, target.getAsJsonObject())));
            }
        }
        return found;
    }

    private static MetricQuery query(JsonObject dashboard, JsonElement panel, JsonObject target) {
        var title = panel.getAsJsonObject().get("title").getAsString();
        return new MetricQuery(
                dashboard.get("title").getAsString() + " / " + title,
                target.get("expr").getAsString());
    }

    /// The series that it reads, with `_bucket` and the like.
    Set<String> series() {
        var names = new TreeSet<String>();
        METRIC.matcher(expression).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /// The labels that it selects or groups by.
    Set<String> labels() {
        var names = new TreeSet<String>();
        METRIC.matcher(expression)
                .results()
                .filter(match -> match.group(2) != null)
                .forEach(
                        match -> MATCHER.matcher(match.group(2)).results().forEach(label -> names.add(label.group(1))));
        GROUPING.matcher(expression)
                .results()
                .flatMap(match -> Pattern.compile("\\s*,\\s*")
                        .splitAsStream(match.group(1).strip()))
                .filter(label -> !label.isEmpty())
                .forEach(names::add);
        return names;
    }
}
