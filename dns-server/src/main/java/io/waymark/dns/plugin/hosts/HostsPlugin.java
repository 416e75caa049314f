package io.waymark.dns.plugin.hosts;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.util.List;
import java.util.stream.Stream;

/// The `hosts` plugin: addresses of names, and names of addresses, out of a file and the Corefile.
///
/// | the name | is answered |
/// |---|---|
/// | has records of the type | with them, those of the file first |
/// | has an address, but no records of the type | NODATA, without a SOA: there is no zone |
/// | is in no zone of the plugin, or PTR of an address that has no name | by the next plugin |
/// | is missing | by the next plugin where `fallthrough` says so, else SERVFAIL: nobody here may deny it |
public final class HostsPlugin implements Plugin {
    private final HostsStage stage;
    private final HostsFile file;
    private final HostsTable inline;
    private final boolean recursion;

    /// @param recursion whether the block offers recursion (the RA bit)
    HostsPlugin(HostsStage stage, HostsFile file, HostsTable inline, boolean recursion) {
        this.stage = stage;
        this.file = file;
        this.inline = inline;
        this.recursion = recursion;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var name = exchange.question().name();
        var type = exchange.question().type();
        boolean pointer = type.equals(RecordType.PTR);
        if (!pointer && stage.zones().stream().noneMatch(name::isWithin)) {
            return Outcome.PASS;
        }
        var table = file.table();
        var data = find(table, name, type);
        if (!data.isEmpty()) {
            return answer(List.of(new RecordSet(name, type, stage.ttlSeconds(), data)));
        }
        if (pointer || passesType(type, name)) {
            return Outcome.PASS;
        }
        if (!find(table, name, RecordType.A).isEmpty()
                || !find(table, name, RecordType.AAAA).isEmpty()) {
            return answer(List.of());
        }
        return stage.fallthrough().covers(name) ? Outcome.PASS : new Outcome.Answer(Reply.of(Rcode.SERVFAIL));
    }

    private boolean passesType(RecordType type, DomainName name) {
        boolean address = type.equals(RecordType.A) || type.equals(RecordType.AAAA);
        return !address && stage.unsupported().covers(name);
    }

    private List<RecordData> find(HostsTable table, DomainName name, RecordType type) {
        var first = table.find(name, type);
        var second = inline.find(name, type);
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    private Outcome answer(List<RecordSet> answer) {
        return new Outcome.Answer(new Reply(Rcode.NOERROR, true, recursion, answer, List.of(), List.of()));
    }
}
