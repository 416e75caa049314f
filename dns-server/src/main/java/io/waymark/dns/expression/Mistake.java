package io.waymark.dns.expression;

/// Why a text is no expression.
/// @param at  in characters from its start, 0 for the first
/// @param why what was found and what is allowed
public record Mistake(int at, String why) implements ExpressionRead {}
