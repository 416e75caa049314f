package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.BackendList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The difference between two states of one Service port. Of its lists only the indices that changed
/// are looked at, so that one endpoint of a thousand is two or three elements.
final class PortChange {
    private final ElementChanges.Builder into;

    PortChange(ElementChanges.Builder into) {
        this.into = into;
    }

    void between(Optional<PlacedPort> before, Optional<PlacedPort> after) {
        heads(before, after);
        boolean sameShape = before.map(PlacedPort::isSticky).equals(after.map(PlacedPort::isSticky));
        if (before.isPresent() && after.isPresent() && sameShape) {
            for (var which : BackendList.values()) {
                indices(before.get(), after.get(), which);
                members(before.get(), after.get(), which);
            }
        } else {
            before.ifPresent(placed -> placed.backends(into::delete));
            after.ifPresent(placed -> placed.backends(into::add));
        }
    }

    /// Which element of which set: frontends and node ports cannot be told apart by their keys alone.
    private record Place(String set, Octets key) {}

    private void heads(Optional<PlacedPort> before, Optional<PlacedPort> after) {
        var old = heads(before);
        var now = heads(after);
        old.forEach((place, element) -> {
            if (!element.equals(now.get(place))) {
                into.delete(place.set, element);
            }
        });
        now.forEach((place, element) -> {
            if (!element.equals(old.get(place))) {
                into.add(place.set, element);
            }
        });
    }

    private static Map<Place, Element> heads(Optional<PlacedPort> port) {
        var heads = new LinkedHashMap<Place, Element>();
        port.ifPresent(placed -> placed.heads((set, element) -> heads.put(new Place(set, element.key()), element)));
        return heads;
    }

    private void indices(PlacedPort before, PlacedPort after, BackendList which) {
        var old = before.list(which).backends();
        var now = after.list(which).backends();
        for (int index = 0; index < Math.max(old.size(), now.size()); index++) {
            boolean same =
                    index < old.size() && index < now.size() && old.get(index).equals(now.get(index));
            if (same) {
                continue;
            }
            if (index < old.size()) {
                before.backend(into::delete, which, index);
            }
            if (index < now.size()) {
                after.backend(into::add, which, index);
            }
        }
    }

    private void members(PlacedPort before, PlacedPort after, BackendList which) {
        if (!before.isSticky() || before.list(which).equals(after.list(which))) {
            return;
        }
        var gone = new HashSet<Backend>(before.list(which).backends());
        for (var backend : after.list(which).backends()) {
            if (!gone.remove(backend)) {
                after.member(into::add, which, backend);
            }
        }
        gone.forEach(backend -> before.member(into::delete, which, backend));
    }
}
