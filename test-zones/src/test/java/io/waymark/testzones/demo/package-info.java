/// # demo: what the README beside the demo's manifests promises
///
/// **Lives here:** [DemoTest], which asks each question of `test-zones/demo/README.md`.
/// **Read first:** that README. **May use:** the directory source and the zones.
/// **May not:** know an answer that the README does not.
/// **Invariant:** a newcomer who types what the README says sees what it says.
@NullMarked
package io.waymark.testzones.demo;

import org.jspecify.annotations.NullMarked;
