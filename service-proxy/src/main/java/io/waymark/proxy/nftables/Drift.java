package io.waymark.proxy.nftables;

import io.waymark.proxy.netlink.nft.NfFamily;

/// A difference between what a table must hold and what it was found to hold.
public sealed interface Drift {
    NfFamily family();

    /// There is no such table.
    record TableGone(NfFamily family) implements Drift {
        @Override
        public String toString() {
            return "table " + family + " waymark is gone";
        }
    }

    /// Chains, rules, sets or constant elements are not as we made them.
    /// @param where the first such place, such as `chain services`
    record StructureChanged(NfFamily family, String where) implements Drift {
        @Override
        public String toString() {
            return "table " + family + " waymark: " + where + " is not as it was made";
        }
    }

    /// Elements of a set or map.
    /// @param missing how many that must be there are not, or have another value
    /// @param foreign how many are there that must not be
    record ElementsChanged(NfFamily family, String set, int missing, int foreign) implements Drift {
        @Override
        public String toString() {
            return "table " + family + " waymark: of " + set + " " + missing + " elements are missing, " + foreign
                    + " should not be there";
        }
    }
}
