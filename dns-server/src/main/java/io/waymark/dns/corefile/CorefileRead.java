package io.waymark.dns.corefile;

import java.util.List;

/// What reading a text as a Corefile gives.
public sealed interface CorefileRead {
    /// The text is a Corefile.
    record Read(Corefile corefile) implements CorefileRead {}

    /// The text is none. `readable` is what could be read of it nonetheless, so that one run can
    /// also report what is wrong there; it is never served.
    record Failed(List<Problem> problems, Corefile readable) implements CorefileRead {
        /// Copies the problems, of which there is at least one.
        public Failed {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("failed without a problem");
            }
        }
    }
}
