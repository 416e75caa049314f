package io.waymark.cli;

/// What the process says when it ends; the numbers from 64 on are those of BSD's `sysexits.h`.
final class ExitCode {
    static final int OK = 0;
    /// The thing asked about is wrong: a Corefile with a problem.
    static final int WRONG = 1;
    /// The thing asked about was looked at, and there are findings.
    static final int FINDINGS = 2;
    /// A second SIGINT ended it before it had ended in order; as CoreDNS.
    static final int FORCED = 2;
    /// The command line is wrong.
    static final int USAGE = 64;
    /// Something of the world is not to be had: a file, a port, an API server.
    static final int UNAVAILABLE = 69;
    /// A defect of Waymark.
    static final int DEFECT = 70;

    private ExitCode() {}
}
