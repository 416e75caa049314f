package io.waymark.dns.expression;

import io.waymark.dns.pipeline.Exchange;
import java.util.Map;

/// What an expression is about: a query, and what was worked out about it before.
/// @param groups    of the expression that its name matched, by number and by name
/// @param variables by name
public record Facts(Exchange exchange, Map<String, String> groups, Map<String, Value> variables) {
    public Facts(Exchange exchange) {
        this(exchange, Map.of(), Map.of());
    }
}
