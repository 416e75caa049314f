/// # endtoend: `./waymark` against a real API server, asked with the tools that people have
///
/// **Lives here:** [EndToEndTest], the stories; [HeadlessThousandsTest], Services too large
/// for a message; [PodView], a name server list as a Pod sees it.
/// **Read first:** [EndToEndTest]. **May use:** `peer`, `ask`, and of `bench`
/// what is written in C. **May not:** Waymark's own code.
/// **Invariant:** each wait has an end, and each process is ended.
@NullMarked
package io.waymark.testzones.endtoend;

import org.jspecify.annotations.NullMarked;
