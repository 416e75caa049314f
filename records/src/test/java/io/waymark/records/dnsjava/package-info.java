/// # dnsjava: the only door to org.xbill.DNS
///
/// **Lives here:** [DnsjavaMessages], our messages to dnsjava's and back, field by field, so that
/// neither codec vouches for the other. **Read first:** it. **May use:** `message`, `rr`, `name`,
/// `address`, org.xbill.DNS. **May not:** let an org.xbill.DNS type out to anything but a test.
///
/// The package is in the tests, and dnsjava is a test dependency, because the tests are all that
/// uses it so far: it is the oracle of the codec. The first production use (zone files, TSIG) moves
/// the door to `src/main` and the dependency to compile scope.
@NullMarked
package io.waymark.records.dnsjava;

import org.jspecify.annotations.NullMarked;
