package io.waymark.dns.expression;

/// What reading a text gives.
public sealed interface ExpressionRead permits Expression, Mistake {}
