package io.waymark.source.manifest;

import io.waymark.records.cluster.Origin;
import java.util.Map;

/// What every object has, whatever its kind.
record ObjectHead(ObjectKey key, Origin.Manifest origin, Map<String, String> labels) {}
