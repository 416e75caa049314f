/// # file: the files a Corefile imports
///
/// **Lives here:** [FileImports], the file system behind an `import` line.
/// **Read first:** [FileImports#resolve]. **May use:** `corefile`, files. **May not:** sockets, clocks, threads.
/// **Invariant:** what is read is bounded, and a file has one name however it was reached.
@NullMarked
package io.waymark.dns.corefile.file;

import org.jspecify.annotations.NullMarked;
