package io.waymark.dns.expression;

import java.util.List;

/// What may be called.
/// @param body never gets a [Value.Failure], nor a value that is not of the parameter's kind
public record Function(Kind result, List<Kind> parameters, Body body) {
    /// Copies the list.
    public Function {
        parameters = List.copyOf(parameters);
    }

    /// What it works out.
    @FunctionalInterface
    public interface Body {
        Value of(Facts facts, List<Value> arguments);
    }
}
