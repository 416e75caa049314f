package io.waymark.proxy.iptables.legacy;

import io.waymark.proxy.command.HostProgram;
import io.waymark.proxy.iptables.IptablesException;
import io.waymark.records.address.IpFamily;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The two programs of one family. They wait up to five seconds for whoever else changes a table.
final class LegacyPrograms {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> RESTORE = List.of("-w", "5", "-W", "100000", "--noflush", "--counters");

    private final HostProgram save;
    private final HostProgram restore;

    private LegacyPrograms(HostProgram save, HostProgram restore) {
        this.save = save;
        this.restore = restore;
    }

    /// @throws IptablesException if this host does not have them
    static LegacyPrograms find(IpFamily family) throws IptablesException {
        var name = family == IpFamily.IPV4 ? "iptables-legacy" : "ip6tables-legacy";
        return new LegacyPrograms(program(name + "-save"), program(name + "-restore"));
    }

    private static HostProgram program(String name) throws IptablesException {
        return HostProgram.find(name)
                .orElseThrow(() -> new IptablesException("the rules of this node are kept by iptables-legacy, and "
                        + name + " is not on PATH; install iptables, or move the node to iptables-nft"));
    }

    SavedTables save() throws IptablesException {
        return SavedTables.read(run(save, List.of(), ""));
    }

    void restore(RestoreText text) throws IptablesException {
        if (!text.isEmpty()) {
            run(restore, RESTORE, text.toString());
        }
    }

    private static String run(HostProgram program, List<String> arguments, String input) throws IptablesException {
        try {
            var ended = program.run(arguments, input, LIMIT);
            if (ended.code() == 0) {
                return ended.said();
            }
            throw new IptablesException(program.file().getFileName() + " ended with " + ended.code() + ": "
                    + ended.problem().lines().findFirst().orElse("no reason given"));
        } catch (IOException failed) {
            throw new IptablesException("running " + program.file(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IptablesException("running " + program.file(), stopped);
        }
    }
}
