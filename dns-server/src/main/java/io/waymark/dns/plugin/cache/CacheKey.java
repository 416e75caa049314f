package io.waymark.dns.plugin.cache;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.view.View;
import org.jspecify.annotations.Nullable;

/// What two queries have in common that one reply answers: question, DO, CD (RFC 4035 §4.7), and what
/// their clients may see. No record, because made and compared for every query.
final class CacheKey {
    private static final int DO = 1;
    private static final int CD = 2;

    private final DomainName name;
    private final long typeClassFlags;
    private final View view;

    private CacheKey(DomainName name, long typeClassFlags, View view) {
        this.name = name;
        this.typeClassFlags = typeClassFlags;
        this.view = view;
    }

    static CacheKey of(Exchange exchange) {
        var query = exchange.query();
        Question question = query.question();
        boolean dnssecOk = query.edns().map(Edns::dnssecOk).orElse(false);
        int flags = (dnssecOk ? DO : 0) | (query.header().has(Header.CD) ? CD : 0);
        long numbers = (long) question.type().code() << 32 | (long) question.recordClass() << 8 | flags;
        return new CacheKey(question.name(), numbers, exchange.view());
    }

    /// Of the owner.
    DomainName name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheKey key
                && typeClassFlags == key.typeClassFlags
                && name.equals(key.name)
                && view.equals(key.view);
    }

    @Override
    public int hashCode() {
        return (name.hashCode() * 31 + Long.hashCode(typeClassFlags)) * 31 + view.hashCode();
    }
}
