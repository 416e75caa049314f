package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.cluster.NamespacedName;
import io.waymark.source.SourceEvent;
import io.waymark.source.SourceObserver;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Objects that were left out, or left out in part, because they cannot be served. Each is named in
/// one warning, however often it comes by; after [#WARNINGS_MAX] of them there is one more, that
/// no further ones follow. Safe for several threads.
public final class UnfitObjects {
    static final int WARNINGS_MAX = 1000;

    private static final int TEXT_MAX = 120;

    private final Set<String> warned = new HashSet<>();
    private final Consumer<String> log;
    private final SourceObserver observer;

    /// `log` gets one line for each warning.
    public UnfitObjects(Consumer<String> log) {
        this(log, SourceObserver.NONE);
    }

    /// `observer` is told of each object that `log` gets a line of.
    public UnfitObjects(Consumer<String> log, SourceObserver observer) {
        this.log = log;
        this.observer = observer;
    }

    /// Warns of one.
    public synchronized void leftOut(String kind, NamespacedName name, String problem) {
        if (warned.size() > WARNINGS_MAX) {
            return;
        }
        var qualified = name.namespace().isEmpty() ? name.name() : name.toString();
        var line = kind + " " + printable(qualified) + ": " + problem;
        if (!warned.add(line)) {
            return;
        }
        if (warned.size() > WARNINGS_MAX) {
            log.accept("more than " + WARNINGS_MAX + " objects were left out; further ones are not named");
            return;
        }
        log.accept(line);
        observer.saw(new SourceEvent.LeftOut(kind, name, problem));
    }

    /// Text out of an object, as it may stand in a log line.
    public static String printable(String text) {
        var shown = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
        return shown.replaceAll("[^\\x20-\\x7e…]", "?");
    }

    /// As [#printable], in quotes.
    public static String quoted(String text) {
        return '"' + printable(text) + '"';
    }
}
