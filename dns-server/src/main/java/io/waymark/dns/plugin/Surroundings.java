package io.waymark.dns.plugin;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.http.Page;
import io.waymark.dns.listen.tls.TlsFiles;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a plugin finds around it when it starts. Used on the thread that starts the server; what it
/// gives may be used on any, unless said otherwise.
public interface Surroundings {

    /// The zones of the plugin's block.
    List<DomainName> zones();

    /// The addresses where the block is served, as metrics name them in their label `server`:
    /// `dns://:53`. The one that a query came to is [io.waymark.dns.pipeline.Notes#served].
    List<String> servers();

    /// All plugins of the block, this one included, in the order in which they act.
    List<String> plugins();

    /// The name of the block's `view`, as metrics have it in their label `view`; empty without one.
    String view();

    /// Tells the plugin's block from all others of the Corefile, those with the same zones and another
    /// view too, and knows it again after a reload. For keys of [#kept].
    Object block();

    /// Whether the block has a plugin of this name: `forward` offers recursion, for example.
    boolean has(String plugin);

    /// The plugin of this kind behind the one that starts, in the same block; the first if there are
    /// several.
    <P> Optional<P> behind(Class<P> kind);

    /// As [#behind], all of them, the nearest first.
    <P> List<P> allBehind(Class<P> kind);

    EventLoops loops();

    /// Counts on for as long as the process lives, over reloads too.
    Metrics metrics();

    /// Where the lines of `log` and `errors` go.
    QueryLog log();

    /// Cannot be guessed; on any thread.
    RandomGenerator random();

    /// For durations.
    LongSupplier nanoTime();

    /// For points in time.
    InstantSource clock();

    /// Closes the part when the plugin ends: with the server, or when a reload replaces it.
    <T extends AutoCloseable> T begin(T part);

    /// Something that outlives a reload, for example a cache: what `make` gives the first time a
    /// plugin asks with an equal key, closed (if it can be) when no plugin asks with it any more.
    <T> T kept(Object key, Supplier<T> make);

    /// Shows a page over HTTP, from when the plugin answers queries until it ends. An address is bound
    /// once for the whole process, and stays bound over a reload that keeps it.
    /// @param path begins with a slash; the last page counts where several have the same
    void page(ListenAddress address, String path, Page page);

    /// The pages at this address are shown over TLS only. A certificate that changes in its files is taken up.
    void encryptPages(ListenAddress address, TlsFiles files);

    /// Has the Corefile served as it is now, if it has changed; what is wrong with it is logged. Blocks.
    void checkCorefile();

    /// Runs a task again and again, apart from the event loops, so that it may read files; one run at a
    /// time, the first after one period. What it throws is logged as our defect. Ends with the plugin.
    void every(Duration period, Runnable task);
}
