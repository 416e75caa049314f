/// # view: what one client may see
///
/// **Lives here:** [View], a parameter of every lookup. **Read first:** [View].
/// **May use:** `cluster`. **May not:** hold records; a view says only what may be seen.
/// **Invariant:** no code reaches a record without a view, so a hidden thing cannot be told from
/// an absent one by asking another way.
@NullMarked
package io.waymark.records.view;

import org.jspecify.annotations.NullMarked;
