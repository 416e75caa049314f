package io.waymark.dns.pipeline;

import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Optional;

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
    private static final String VIEW_LABEL = "view/name";

    /// What a block says about all its queries.
    /// @param recursion    whether it offers recursion, by whichever plugin (the RA bit)
    /// @param otherClasses whether it answers for classes other than IN
    /// @param transfers    whether it answers AXFR and IXFR
    /// @param udpSizeMax   no query's payload size counts as more than these octets
    /// @param view         which queries it takes
    /// @param metadata     the zones for whose names plugins say what they know of a query
    public record Traits(
            boolean recursion,
            boolean otherClasses,
            boolean transfers,
            int udpSizeMax,
            BlockView view,
            List<DomainName> metadata) {
        /// Of a block in which no plugin says otherwise.
        public static final Traits PLAIN = new Traits(false, false, false, 0xffff, BlockView.ALL, List.of());

        /// Copies the list.
        public Traits {
            metadata = List.copyOf(metadata);
        }

        public Traits withRecursion() {
            return new Traits(true, otherClasses, transfers, udpSizeMax, view, metadata);
        }

        public Traits withOtherClasses() {
            return new Traits(recursion, true, transfers, udpSizeMax, view, metadata);
        }

        public Traits withTransfers() {
            return new Traits(recursion, otherClasses, true, udpSizeMax, view, metadata);
        }

        public Traits withUdpSizeMax(int octets) {
            return new Traits(recursion, otherClasses, transfers, octets, view, metadata);
        }

        public Traits withView(BlockView view) {
            return new Traits(recursion, otherClasses, transfers, udpSizeMax, view, metadata);
        }

        public Traits withMetadata(List<DomainName> zones) {
            return new Traits(recursion, otherClasses, transfers, udpSizeMax, view, zones);
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

    public boolean recursion() {
        return traits.recursion();
    }

    /// Whether the block has metadata about a query for this name.
    boolean hasMetadata(DomainName name) {
        return traits.metadata().stream().anyMatch(name::isWithin);
    }

    /// What the block's plugins say about a query under a label; of several the last one's.
    Optional<String> metadata(Exchange exchange, String label) {
        if (label.equals(VIEW_LABEL) && !traits.view().name().isEmpty()) {
            return Optional.of(traits.view().name());
        }
        for (int i = plugins.size() - 1; i >= 0; i--) {
            if (plugins.get(i).plugin() instanceof MetadataProvider provider) {
                var value = provider.metadata(exchange, label);
                if (value.isPresent()) {
                    return value;
                }
            }
        }
        return Optional.empty();
    }
}
