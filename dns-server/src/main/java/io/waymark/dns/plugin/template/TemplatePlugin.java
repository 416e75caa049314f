package io.waymark.dns.plugin.template;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.dnsjava.RecordRead;
import io.waymark.records.dnsjava.RecordText;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `template` plugin: the first template that means a question answers it. An alias that it makes for
/// a question about addresses is followed through the whole server.
public final class TemplatePlugin implements Plugin {
    private final List<Template> templates;
    private final TemplateMetrics metrics;

    TemplatePlugin(List<Template> templates, TemplateMetrics metrics) {
        this.templates = List.copyOf(templates);
        this.metrics = metrics;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        for (var template : templates) {
            switch (TemplateMatch.of(template.conditions(), exchange)) {
                case TemplateMatch.Meant(var data) -> {
                    return answer(template.reply(), data);
                }
                case TemplateMatch.Nobody nobody -> {
                    return new Outcome.Fail(Rcode.SERVFAIL, "");
                }
                case TemplateMatch.Next others -> {}
            }
        }
        return Outcome.PASS;
    }

    private Outcome answer(Template.Reply reply, TemplateData data) {
        metrics.matched(data);
        if (reply.rcode().equals(Rcode.SERVFAIL)) {
            return new Outcome.Fail(Rcode.SERVFAIL, "");
        }
        var sections = new ArrayList<List<ResourceRecord>>();
        for (var section : Section.values()) {
            var records = new ArrayList<ResourceRecord>();
            for (var template : section.of(reply)) {
                switch (record(template, section.word, data)) {
                    case RecordRead.Read(var record) -> records.add(record);
                    case RecordRead.Unreadable(var why) -> {
                        return new Outcome.Fail(
                                Rcode.SERVFAIL, "template \"" + template.text() + "\" makes no record: " + why);
                    }
                }
            }
            sections.add(records);
        }
        var answering = new Answering(reply, data.exchange(), sections.get(0), sections.get(1), sections.get(2));
        return answering.from(0, List.of(), false);
    }

    private RecordRead record(TextTemplate template, String section, TemplateData data) {
        var text = template.execute(data);
        if (text.isEmpty()) {
            metrics.templateFailed(data, section, template);
            return new RecordRead.Unreadable("an item that it takes is not there");
        }
        var read = RecordText.read(text.get(), DomainName.ROOT);
        if (read instanceof RecordRead.Unreadable) {
            metrics.recordFailed(data, section, template);
        }
        return read;
    }

    private enum Section {
        ANSWER("answer"),
        ADDITIONAL("additional"),
        AUTHORITY("authority");

        private final String word;

        Section(String word) {
            this.word = word;
        }

        List<TextTemplate> of(Template.Reply reply) {
            return switch (this) {
                case ANSWER -> reply.answer();
                case ADDITIONAL -> reply.additional();
                case AUTHORITY -> reply.authority();
            };
        }
    }

    /// Puts an answer together, record by record, for aliases have to be waited for.
    private record Answering(
            Template.Reply reply,
            Exchange exchange,
            List<ResourceRecord> answer,
            List<ResourceRecord> additional,
            List<ResourceRecord> authority) {

        /// @param index     of the next record of the answer
        /// @param so        what is in it so far
        /// @param truncated whether what was looked up was
        Outcome from(int index, List<ResourceRecord> so, boolean truncated) {
            if (index == answer.size()) {
                return new Outcome.Edited(message(so, truncated));
            }
            var records = new ArrayList<>(so);
            records.add(answer.get(index));
            if (!isFollowed(answer.get(index)) || !(answer.get(index).data() instanceof RecordData.Cname(var target))) {
                return from(index + 1, records, truncated);
            }
            var question = new Question(target, exchange.question().type(), ResourceRecord.CLASS_IN);
            var query = exchange.query().with(question);
            return Outcome.map(exchange.reask(query), found -> {
                var message = Outcome.message(found, query);
                message.ifPresent(behind -> records.addAll(behind.answer()));
                return from(
                        index + 1,
                        records,
                        message.map(behind -> behind.header().has(Header.TC)).orElse(truncated));
            });
        }

        private boolean isFollowed(ResourceRecord record) {
            var asked = exchange.question().type();
            return record.type().equals(RecordType.CNAME)
                    && (asked.equals(RecordType.A) || asked.equals(RecordType.AAAA))
                    && exchange.hops() < Exchange.HOPS_MAX;
        }

        private Message message(List<ResourceRecord> records, boolean truncated) {
            int flags = Header.QR
                    | Header.AA
                    | (truncated ? Header.TC : 0)
                    | reply.rcode().code() & 0xf;
            return new Message(
                    new Header(exchange.query().id(), flags),
                    reply.rcode(),
                    List.of(exchange.question()),
                    records,
                    authority,
                    additional,
                    edns());
        }

        // A code above 15 takes one; whether the client gets it is decided when it is composed.
        private Optional<Edns> edns() {
            if (reply.options().isEmpty() && reply.rcode().code() <= 0xf) {
                return Optional.empty();
            }
            var asked = exchange.query().edns();
            int size = asked.map(Edns::udpSize).orElse(Message.UDP_OCTETS_MIN);
            boolean dnssecOk = asked.map(Edns::dnssecOk).orElse(false);
            return Optional.of(new Edns(size, 0, dnssecOk, reply.options()));
        }
    }
}
