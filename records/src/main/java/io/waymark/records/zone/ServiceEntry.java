package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.Service;
import io.waymark.records.name.DomainName;
import java.util.List;

/// One Service with all of its slices, as one reader sees them: the unit that is published.
/// @param key its name and namespace as two labels: `cart.shop.`
record ServiceEntry(DomainName key, Service service, List<EndpointSlice> slices) {

    /// Told of each ready endpoint, in the order of the slices' names and then of their rows.
    @FunctionalInterface
    interface EndpointVisitor {
        void visit(EndpointSlice slice, int row);
    }

    void forEachReady(EndpointVisitor visitor) {
        for (var slice : slices) {
            Endpoints endpoints = slice.endpoints();
            for (int row = 0; row < endpoints.size(); row++) {
                if (endpoints.isReady(row)) {
                    visitor.visit(slice, row);
                }
            }
        }
    }

    boolean hasReady() {
        for (var slice : slices) {
            for (int row = 0; row < slice.endpoints().size(); row++) {
                if (slice.endpoints().isReady(row)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// As [#forEachReady], for the endpoints with this address only.
    void forEachReadyAt(IpAddress address, EndpointVisitor visitor) {
        for (var slice : slices) {
            int row = readyRow(slice.endpoints(), address, 0);
            while (row >= 0) {
                visitor.visit(slice, row);
                row = readyRow(slice.endpoints(), address, row + 1);
            }
        }
    }

    /// The first row from `from` on that is ready and has the address, or -1.
    static int readyRow(Endpoints endpoints, IpAddress address, int from) {
        int row = endpoints.indexOf(address, from);
        while (row >= 0 && !endpoints.isReady(row)) {
            row = endpoints.indexOf(address, row + 1);
        }
        return row;
    }
}
