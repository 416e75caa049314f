package io.waymark.proxy.nftables.skeleton;

/// How a frontend is found; its letter is part of chains' names.
enum Way {
    /// By address, protocol and port.
    ADDRESS("a"),
    /// By protocol and port, at an address of the node.
    NODE_PORT("n");

    final String letter;

    Way(String letter) {
        this.letter = letter;
    }
}
