package io.waymark.dns.corefile.stage;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.records.name.DomainName;
import java.util.List;

/// Makes stages of a plugin's lines in one server block.
@FunctionalInterface
public interface StageReader {

    /// Notes each problem and goes on, so that one run reports them all; what it returns is used
    /// only if there was none.
    /// @param lines all lines of this plugin in the block, in the order of the text, at least one
    /// @param zones the zones of the block
    List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks);
}
