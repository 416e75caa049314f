/// # dnsjava: the only door to org.xbill.DNS
///
/// **Lives here:** [RecordText], which reads records in the syntax of master files, and [MasterFile], which
/// reads all of one; in the tests also
/// `DnsjavaMessages`, our messages to dnsjava's and back, so that neither codec vouches for the other.
/// **Read first:** [RecordText]. **May use:** `message`, `rr`, `name`, org.xbill.DNS. **May not:** let an
/// org.xbill.DNS type out; be used before somebody has a text to read, for loading the library takes time.
/// **Invariant:** a text that cannot be read gives the line and the reason; nothing of it is kept.
@NullMarked
package io.waymark.records.dnsjava;

import org.jspecify.annotations.NullMarked;
