package io.waymark.dns.plugin.template;

import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.expression.Expression;
import io.waymark.dns.pattern.GoPattern;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.List;

/// One `template` of a block.
/// @param conditions which questions it answers
/// @param reply      what it answers
record Template(Conditions conditions, Reply reply) {
    /// Which questions are meant.
    /// @param recordClass 255 for any
    /// @param patterns    of the name; the first that finds something counts. None at all means any name
    /// @param variables   in the order in which they are worked out
    /// @param expressions all must hold
    /// @param fallthrough the names that are left to others if nothing of this is true of them
    record Conditions(
            int recordClass,
            RecordType type,
            List<DomainName> zones,
            List<GoPattern> patterns,
            List<Variable> variables,
            List<Expression> expressions,
            Fallthrough fallthrough) {
        /// Copies the lists.
        Conditions {
            zones = List.copyOf(zones);
            patterns = List.copyOf(patterns);
            variables = List.copyOf(variables);
            expressions = List.copyOf(expressions);
        }
    }

    /// A `var` line.
    record Variable(String name, Expression expression) {}

    /// What is said.
    /// @param options of EDNS: the extended error (RFC 8914), or nothing
    record Reply(
            List<TextTemplate> answer,
            List<TextTemplate> additional,
            List<TextTemplate> authority,
            Rcode rcode,
            List<Edns.Option> options) {
        /// Copies the lists.
        Reply {
            answer = List.copyOf(answer);
            additional = List.copyOf(additional);
            authority = List.copyOf(authority);
            options = List.copyOf(options);
        }
    }
}
