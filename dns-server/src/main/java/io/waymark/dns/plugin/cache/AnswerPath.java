package io.waymark.dns.plugin.cache;

import io.waymark.records.message.Message;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Follows a reply's aliases from the question to the name that answers it (RFC 1034 §3.6.2,
/// RFC 2308 §2.2). Pure; as many steps as the reply has aliases.
final class AnswerPath {
    private AnswerPath() {}

    /// Whether the reply has a record of the type asked for where its aliases lead. Not if an owner has two
    /// different aliases, or they lead in a circle.
    static boolean answers(Message reply) {
        if (!reply.rcode().equals(Rcode.NOERROR)
                || reply.questions().isEmpty()
                || reply.answer().isEmpty()) {
            return false;
        }
        var question = reply.questions().getFirst();
        var type = question.type();
        if (type.equals(RecordType.ANY)) {
            return holds(reply, question, question.name(), Optional.empty());
        }
        if (type.equals(RecordType.CNAME)) {
            return targets(reply, question, question.name()).size() == 1;
        }
        var name = question.name();
        var seen = new HashSet<DomainName>();
        while (seen.add(name)) {
            var targets = targets(reply, question, name);
            if (targets.isEmpty()) {
                return holds(reply, question, name, Optional.of(type));
            }
            if (targets.size() > 1) {
                return false;
            }
            name = targets.getFirst();
        }
        return false;
    }

    private static List<DomainName> targets(Message reply, Question question, DomainName owner) {
        return reply.answer().stream()
                .filter(record -> isAt(record, question, owner))
                .map(ResourceRecord::data)
                .filter(RecordData.Cname.class::isInstance)
                .map(alias -> ((RecordData.Cname) alias).target())
                .distinct()
                .toList();
    }

    private static boolean holds(Message reply, Question question, DomainName owner, Optional<RecordType> type) {
        return reply.answer().stream()
                .anyMatch(record -> isAt(record, question, owner)
                        && type.map(record.type()::equals).orElse(true));
    }

    private static boolean isAt(ResourceRecord record, Question question, DomainName owner) {
        return record.owner().equals(owner)
                && (question.recordClass() == ResourceRecord.CLASS_ANY
                        || record.recordClass() == question.recordClass());
    }
}
