package io.waymark.dns.corefile;

import java.util.List;

/// Finds the files that an `import` line names. The reader's only way to files.
@FunctionalInterface
public interface ImportResolver {

    /// Reads what `pattern` names as seen from `importingFile`, to which it is relative unless it
    /// is absolute. A pattern with `*`, `?` or `[` may name any number of files.
    Resolution resolve(String importingFile, String pattern);

    /// For texts that come without a file system.
    ImportResolver NONE = (importingFile, pattern) -> new Resolution.Refused("there are no files to import here");

    /// What an `import` line names.
    sealed interface Resolution {
        /// The files in the order of their names; none if a pattern matches nothing.
        record Files(List<ImportedFile> files) implements Resolution {
            /// Copies the list.
            public Files {
                files = List.copyOf(files);
            }
        }

        /// A file that is not there or cannot be read, or a pattern that is none.
        /// @param why one clause: `no such file`
        record Refused(String why) implements Resolution {}
    }

    /// One imported file.
    /// @param name one name for one file, however it was named: cycles are found by it
    /// @param text its whole content
    record ImportedFile(String name, String text) {}
}
