package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Edns.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `edns0`: an option of the query for the plugins behind. A query without EDNS gets it for them; its
/// client's reply has none all the same (RFC 6891 §7).
/// @param code    16 bits
/// @param revert  whether the client's reply shows nothing of it
record EdnsRule(Action action, int code, OptionContent content, boolean revert) implements RewriteRule {
    private static final int UDP_SIZE = 4_096;

    /// What is done to the option.
    enum Action {
        /// Added, or its content replaced.
        SET,
        /// Added; if there is one already, only one of the same content for all queries.
        APPEND,
        /// Its content replaced, if there is one.
        REPLACE,
        /// Taken out, as often as it is there.
        UNSET
    }

    @Override
    public boolean apply(Rewriting query) {
        var edns = query.exchange().query().edns().orElse(new Edns(UDP_SIZE, 0, false, List.of()));
        if (action == Action.UNSET) {
            ask(
                    query,
                    edns,
                    edns.options().stream()
                            .filter(option -> option.code() != code)
                            .toList());
            return true;
        }
        return content.octets(query.exchange())
                .map(octets -> put(query, edns, new Option(code, octets)))
                .orElse(false);
    }

    private boolean put(Rewriting query, Edns edns, Option option) {
        var options = new ArrayList<>(edns.options());
        int at = indexOf(options);
        if (at >= 0 && action != Action.APPEND) {
            change(query, new ReplyChange.OptionAgain(options.get(at)));
            options.set(at, option);
        } else if (action != Action.REPLACE && (at < 0 || content.isFixed())) {
            change(query, new ReplyChange.WithoutOption(code));
            options.add(option);
        } else {
            return false;
        }
        ask(query, edns, options);
        return true;
    }

    private int indexOf(List<Option> options) {
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).code() == code) {
                return i;
            }
        }
        return -1;
    }

    private void change(Rewriting query, ReplyChange change) {
        if (revert) {
            query.change(List.of(change));
        }
    }

    private static void ask(Rewriting rewriting, Edns edns, List<Option> options) {
        Exchange exchange = rewriting.exchange();
        rewriting.ask(
                exchange.query().with(Optional.of(new Edns(edns.udpSize(), edns.version(), edns.dnssecOk(), options))));
    }
}
