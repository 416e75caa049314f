package io.waymark.dns.pipeline;

import java.util.List;

/// One block of a Corefile, ready to run.
/// @param recursion whether it offers recursion, by whichever plugin (the RA bit)
/// @param plugins   those that can answer, in the order they are asked
/// @param observers told of every answer (`log`); those that look only at failures (`errors`) are
///                  `failureObservers`, so that a block without `log` takes no time stamps
public record ServerBlock(
        boolean recursion, List<Plugin> plugins, List<Observer> observers, List<Observer> failureObservers) {
    /// Copies the lists.
    public ServerBlock {
        plugins = List.copyOf(plugins);
        observers = List.copyOf(observers);
        failureObservers = List.copyOf(failureObservers);
    }
}
