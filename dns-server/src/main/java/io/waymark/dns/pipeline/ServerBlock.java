package io.waymark.dns.pipeline;

import java.util.List;

/// One block of a Corefile, ready to run.
/// @param traits  what the block says about all its queries
/// @param plugins those that can answer, in the order they are asked
/// @param observers told of every answer (`log`); those that look only at failures (`errors`) are
///                  `failureObservers`, so that a block without `log` takes no time stamps
public record ServerBlock(
        Traits traits,
        List<NamedPlugin> plugins,
        List<Observer> observers,
        List<Observer> failureObservers,
        Next chain) {

    /// What a block says about all its queries.
    /// @param recursion    whether it offers recursion, by whichever plugin (the RA bit)
    /// @param otherClasses whether it answers for classes other than IN
    /// @param transfers    whether it answers AXFR and IXFR
    /// @param udpSizeMax   no query's payload size counts as more than these octets
    public record Traits(boolean recursion, boolean otherClasses, boolean transfers, int udpSizeMax) {
        /// Of a block in which no plugin says otherwise.
        public static final Traits PLAIN = new Traits(false, false, false, 0xffff);

        public Traits withRecursion() {
            return new Traits(true, otherClasses, transfers, udpSizeMax);
        }

        public Traits withOtherClasses() {
            return new Traits(recursion, true, transfers, udpSizeMax);
        }

        public Traits withTransfers() {
            return new Traits(recursion, otherClasses, true, udpSizeMax);
        }

        public Traits withUdpSizeMax(int octets) {
            return new Traits(recursion, otherClasses, transfers, octets);
        }
    }

    /// Copies the lists.
    public ServerBlock {
        plugins = List.copyOf(plugins);
        observers = List.copyOf(observers);
        failureObservers = List.copyOf(failureObservers);
    }

    public ServerBlock(
            Traits traits, List<NamedPlugin> plugins, List<Observer> observers, List<Observer> failureObservers) {
        this(traits, plugins, observers, failureObservers, Chain.of(plugins));
    }

    /// The block of names that are served nowhere: it refuses them.
    public static ServerBlock refusing(List<Observer> observers) {
        var refusal = new NamedPlugin("", (exchange, next) -> QueryPipeline.refused());
        return new ServerBlock(Traits.PLAIN, List.of(refusal), observers, List.of());
    }

    boolean recursion() {
        return traits.recursion();
    }
}
