package io.waymark.records.zone;

/// How names below `pod` are answered: the Corefile's `pods` (cluster-dns plugin `kubernetes`).
public enum PodMode {
    /// No Pod has a name.
    DISABLED,
    /// Each address in a namespace that exists has a name, whether or not a Pod has the address.
    INSECURE,
    /// A name for each address that a living Pod of the namespace has.
    VERIFIED
}
