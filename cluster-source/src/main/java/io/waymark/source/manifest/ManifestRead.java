package io.waymark.source.manifest;

import io.waymark.source.document.DocumentProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a file's text turned out to be.
public sealed interface ManifestRead {

    /// @param objects  in the order of the file
    /// @param rejected objects that cannot be as they are written
    /// @param ignored  how many objects of each kind nothing is made of
    record Objects(List<Manifest> objects, List<Rejected> rejected, Map<String, Integer> ignored)
            implements ManifestRead {}

    /// No YAML or no JSON.
    record Unreadable(DocumentProblem problem) implements ManifestRead {}

    /// An object that cannot be as it is written.
    /// @param kind empty if not even that can be told
    /// @param key  empty if its name cannot be told
    record Rejected(Optional<ObjectKey.Kind> kind, Optional<ObjectKey> key, DocumentProblem problem) {

        /// Whether `earlier` may have been this object before it was spoilt. Under a name that was
        /// not known it may have been any of its kind: names are cut off and mistyped too.
        public boolean mayBe(ObjectKey earlier, Set<ObjectKey> known) {
            return key.filter(known::contains)
                    .map(earlier::equals)
                    .orElseGet(() -> kind.map(earlier.kind()::equals).orElse(true));
        }
    }
}
