/// # document: from a file's text to places in trees that check what stands there
///
/// **Lives here:** [DocumentText], YAML or JSON to trees of nodes that know their line and column;
/// [Field], one place in such a tree; [Complaints], what is wrong with it; [GoDuration], times as Go
/// writes them. **Read first:**
/// [DocumentText#read], then [Field]. **May use:** snakeyaml's nodes, `records`' addresses.
/// **May not:** open files, or make a Java object of what a document says it is. PURE.
/// **Invariant:** any octets give a value, in bounded time; what is wrong is told with file, line,
/// column and field.
@NullMarked
package io.waymark.source.document;

import org.jspecify.annotations.NullMarked;
