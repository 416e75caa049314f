package io.waymark.proxy;

import io.waymark.proxy.events.EventRecorder;
import io.waymark.source.ClusterSource;
import io.waymark.source.SourceObserver;
import io.waymark.source.SourceScope;
import java.util.function.BiFunction;

/// The cluster that a data path is for.
/// @param source makes a source of a scope, not started, that an observer is told of
/// @param events told what people should find beside objects; closed with the data path
public record ClusterAccess(BiFunction<SourceScope, SourceObserver, ClusterSource> source, EventRecorder events) {}
