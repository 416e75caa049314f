package io.waymark.dns.loops;

import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Optional;
import java.util.function.Supplier;

/// Something that each event loop has one of, so that its owner can write it without a lock or an
/// atomic instruction. Made once for the life of the process: a loop keeps a place for it for ever.
public final class PerLoop<T> {
    private final FastThreadLocal<T> own;

    /// @param make called once on each loop
    public PerLoop(Supplier<T> make) {
        own = new FastThreadLocal<>() {
            @Override
            protected T initialValue() {
                return make.get();
            }
        };
    }

    /// This loop's; empty on a thread that is no loop.
    public Optional<T> get() {
        return Thread.currentThread() instanceof FastThreadLocalThread ? Optional.of(own.get()) : Optional.empty();
    }
}
