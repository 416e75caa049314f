/// # manifest: from a file's text to the objects it describes
///
/// **Lives here:** [ManifestReader], which reads YAML and JSON into [Manifest]s, and a reader for each
/// kind. **Read first:** [ManifestReader], then [ServiceReader].
/// **May use:** `records`, `document`, `source`. **May not:** open files, or make a Java object of
/// what a document says it is. PURE.
/// **Invariant:** any octets give a value, in bounded time; what is wrong is told with file, line,
/// column and field, and as the API server would refuse it.
@NullMarked
package io.waymark.source.manifest;

import org.jspecify.annotations.NullMarked;
