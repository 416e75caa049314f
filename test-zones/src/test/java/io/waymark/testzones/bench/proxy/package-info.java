/// # bench.proxy: the data path beside kube-proxy's
///
/// **Lives here:** [ProxyBench], `./bench proxy`; [Mode], what the rules are made of; [Proxy], the two
/// contestants and how each is started; [BenchNode], the node that one of them has to itself;
/// [ProxyRun], one run of one of them; [ProxyFigure], what is measured; [Services], the objects.
/// **Read first:** [ProxyBench]. **May use:** `bench`, `peer`. **May not:** Waymark's own code.
/// **Invariant:** the two run in turn, each in a network namespace that nobody had before; whether rules
/// are in force is seen by connecting, never asked of who made them.
@NullMarked
package io.waymark.testzones.bench.proxy;

import org.jspecify.annotations.NullMarked;
