package io.waymark.dns.plugin.whoami;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import java.util.ArrayList;
import java.util.List;

/// The `whoami` plugin: an empty answer, and in the additional section the client's address at the
/// name that was asked for, and its port in an SRV record at `_udp.NAME` or `_tcp.NAME`.
public final class WhoamiPlugin implements Plugin {

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var name = exchange.question().name();
        var address = exchange.client().address().getAddress().getAddress();
        var records = new ArrayList<RecordSet>();
        records.add(RecordSet.of(name, 0, RecordData.address(IpAddress.ofOctets(address, 0, address.length))));
        var protocol = "_" + exchange.client().transport().protocol();
        if (name.length() + 1 + protocol.length() <= DomainName.OCTETS_MAX) {
            int port = exchange.client().address().getPort();
            records.add(RecordSet.of(name.child(protocol), 0, new RecordData.Srv(0, 0, port, DomainName.ROOT)));
        }
        return new Outcome.Answer(new Reply(Rcode.NOERROR, true, false, List.of(), List.of(), records));
    }
}
