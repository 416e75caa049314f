package io.waymark.proxy.rules;

/// Which of the two lists of backends of a Service port.
public enum BackendList {
    /// [ServiceRules#cluster].
    CLUSTER,
    /// [ServiceRules#local].
    LOCAL
}
