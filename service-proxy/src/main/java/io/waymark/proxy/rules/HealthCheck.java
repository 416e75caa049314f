package io.waymark.proxy.rules;

/// What a Service's health check node port has to say to load balancers.
/// @param port          where it is asked for, 1 to 65535; 0 if the Service has none
/// @param localBackends how many distinct addresses on this node are ready, over all ports of the
///                      Service; 0 if it has no such port
public record HealthCheck(int port, int localBackends) {
    public static final HealthCheck NONE = new HealthCheck(0, 0);
}
