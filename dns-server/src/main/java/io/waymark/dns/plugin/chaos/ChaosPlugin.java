package io.waymark.dns.plugin.chaos;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `chaos` plugin. In class CH:
///
/// | name | says |
/// |---|---|
/// | `version.bind`, `version.server` | the version |
/// | `authors.bind` | the authors, one record each |
/// | `hostname.bind`, `id.server` | the host's name |
public final class ChaosPlugin implements Plugin {
    private static final int STRING_OCTETS_MAX = 255;

    private final Map<DomainName, List<RecordData>> answers;

    ChaosPlugin(String version, List<String> authors, String hostName) {
        var ofVersion = List.of(text(version));
        var ofHost = List.of(text(hostName));
        this.answers = Map.of(
                DomainName.of("version.bind."), ofVersion,
                DomainName.of("version.server."), ofVersion,
                DomainName.of("authors.bind."),
                        authors.stream().map(ChaosPlugin::text).toList(),
                DomainName.of("hostname.bind."), ofHost,
                DomainName.of("id.server."), ofHost);
    }

    /// The octets of UTF-8, one character each, cut off where a string ends.
    private static RecordData text(String text) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, STRING_OCTETS_MAX);
        return new RecordData.Txt(List.of(new String(octets, 0, length, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        var data = answers.get(question.name());
        if (data == null
                || question.recordClass() != ResourceRecord.CLASS_CHAOS
                || !question.type().equals(RecordType.TXT)) {
            return Outcome.PASS;
        }
        var records = data.stream()
                .map(text -> new ResourceRecord(question.name(), ResourceRecord.CLASS_CHAOS, 0, text))
                .toList();
        return new Outcome.Edited(new Message(
                new Header(exchange.query().id(), Header.QR),
                Rcode.NOERROR,
                List.of(question),
                records,
                List.of(),
                List.of(),
                Optional.empty()));
    }
}
