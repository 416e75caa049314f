package io.waymark.dns.expression;

import java.util.Map;
import java.util.TreeMap;

/// The functions and variables that an expression may name.
public record Vocabulary(Map<String, Function> functions, Map<String, Kind> variables) {
    /// What can be said about a query.
    public static final Vocabulary QUERY = new Vocabulary(QueryFunctions.all(), Map.of());

    /// Copies the maps.
    public Vocabulary {
        functions = Map.copyOf(functions);
        variables = Map.copyOf(variables);
    }

    public Vocabulary with(String name, Function function) {
        var wider = new TreeMap<>(functions);
        wider.put(name, function);
        return new Vocabulary(wider, variables);
    }

    public Vocabulary withVariable(String name, Kind kind) {
        var wider = new TreeMap<>(variables);
        wider.put(name, kind);
        return new Vocabulary(functions, wider);
    }
}
