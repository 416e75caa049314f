/// # bench: Waymark and its peer on the same objects, in the same run
///
/// **Lives here:** [DnsBench], `./bench dns`; [Contestant], the two servers and how each is started;
/// [Measurement], one run of one of them; [Figure], what is measured, and [Figures], the table, with a
/// [Goal] a [Row]; [BenchCluster], the objects; [CompiledTool], the load generator in C; [StormBench],
/// `./bench packets`. `./bench proxy` is in `bench.proxy`. **Read first:** [DnsBench]. **May use:** `peer`, `ask`.
/// **May not:** Waymark's own code.
/// **Invariant:** the two run in turn, never at once; only ratios within one run count.
@NullMarked
package io.waymark.testzones.bench;

import org.jspecify.annotations.NullMarked;
