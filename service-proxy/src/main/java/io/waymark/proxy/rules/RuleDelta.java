package io.waymark.proxy.rules;

import java.util.Optional;

/// What changed for one Service port: at least one side is there, and the two differ.
public record RuleDelta(ServicePortKey key, Optional<ServiceRules> before, Optional<ServiceRules> after) {}
