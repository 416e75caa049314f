package io.waymark.records.message;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import org.jspecify.annotations.Nullable;

/// Writes one message from left to right into octets of the caller's, and never behind `limit`.
/// What does not fit is not written and makes [#record] undo the whole record, names learnt too.
///
/// On the hot path: allocates nothing after construction. For one thread; used again by [#begin].
final class MessageWriter {
    private static final int POINTER = 0xc000;
    private static final byte[] NOWHERE = new byte[0];

    private final NameTable names = new NameTable();
    private byte[] target = NOWHERE;
    private int base;
    private int end;
    private int at;
    private boolean overflown;
    private @Nullable DomainName question;
    private boolean questionLearnt;

    /// Starts a message at `offset` of `target`, behind a header that [#header] fills in later.
    void begin(byte[] target, int offset, int limit) {
        this.target = target;
        this.base = offset;
        this.end = offset + limit;
        this.at = offset + Cursor.HEADER_OCTETS;
        this.overflown = false;
        this.question = null;
        this.questionLearnt = false;
        names.clear();
    }

    /// Octets written so far, the header's included.
    int length() {
        return at - base;
    }

    /// Lets the message grow by `octets` more: room that was held back for the OPT record.
    void extend(int octets) {
        end += octets;
    }

    /// Fills in the header. The counts are those of the four sections.
    void header(int id, int flags, int questions, int answers, int authorities, int additionals) {
        put16(base, id);
        put16(base + 2, flags);
        put16(base + 4, questions);
        put16(base + 6, answers);
        put16(base + 8, authorities);
        put16(base + 10, additionals);
    }

    /// The first question as its sender wrote it: QNAME without compression, QTYPE, QCLASS.
    /// @param name the QNAME once more, in lower case
    boolean question(byte[] octets, DomainName name) {
        octets(octets, octets.length);
        question = name;
        return !overflown;
    }

    /// One question; false, and nothing written, if it does not fit.
    boolean question(Question asked) {
        int mark = at;
        int known = names.size();
        name(asked.name(), true);
        u16(asked.type().code());
        u16(asked.recordClass());
        boolean kept = keepOrUndo(mark, known);
        if (kept && mark == base + Cursor.HEADER_OCTETS) {
            question = asked.name();
            questionLearnt = true;
        }
        return kept;
    }

    /// One record; false, and nothing written, if it does not fit.
    boolean record(DomainName owner, int recordClass, int ttl, RecordType type, RecordData data) {
        int mark = at;
        int known = names.size();
        boolean learnt = questionLearnt;
        name(owner, true);
        u16(type.code());
        u16(recordClass);
        int32(ttl);
        int lengthAt = at;
        u16(0);
        rdata(data);
        if (!overflown && at - lengthAt - 2 > 0xffff) {
            overflown = true;
        }
        if (!overflown) {
            put16(lengthAt, at - lengthAt - 2);
        }
        boolean kept = keepOrUndo(mark, known);
        questionLearnt = kept ? questionLearnt : learnt;
        return kept;
    }

    private boolean keepOrUndo(int mark, int known) {
        if (overflown) {
            at = mark;
            names.forgetAfter(known);
            overflown = false;
            return false;
        }
        return true;
    }

    /// Names are compressed where every receiver expects it: in owners and in the types of RFC 1035,
    /// not in SRV (RFC 3597 §4, RFC 2782).
    private void rdata(RecordData data) {
        switch (data) {
            case RecordData.A(var address) -> int32(address.bits());
            case RecordData.Aaaa(var address) -> {
                int64(address.high());
                int64(address.low());
            }
            case RecordData.Srv srv -> {
                u16(srv.priority());
                u16(srv.weight());
                u16(srv.port());
                name(srv.target(), false);
            }
            case RecordData.Ptr(var name) -> name(name, true);
            case RecordData.Cname(var name) -> name(name, true);
            case RecordData.Ns(var name) -> name(name, true);
            case RecordData.Mx(int preference, var exchange) -> {
                u16(preference);
                name(exchange, true);
            }
            case RecordData.Soa soa -> soa(soa);
            case RecordData.Txt(var strings) -> {
                for (int i = 0; i < strings.size(); i++) {
                    string(strings.get(i));
                }
            }
            case RecordData.Unknown(var type, var octets) -> octets(octets, octets.length);
        }
    }

    private void soa(RecordData.Soa soa) {
        name(soa.primary(), true);
        name(soa.mailbox(), true);
        int32(soa.serial());
        int32(soa.refresh());
        int32(soa.retry());
        int32(soa.expire());
        int32(soa.minimum());
    }

    private void string(String text) {
        u8(text.length());
        if (room(text.length())) {
            for (int i = 0; i < text.length(); i++) {
                target[at++] = (byte) text.charAt(i);
            }
        }
    }

    /// Writes a name, as a pointer or up to one if `compress`; its suffixes become known either way.
    /// Most owners are the QNAME: that case is decided first, without the table.
    private void name(DomainName name, boolean compress) {
        if (compress && name.length() > 1 && name.equals(question)) {
            u16(POINTER | Cursor.HEADER_OCTETS);
            return;
        }
        if (question != null && !questionLearnt) {
            learn(names.study(question), Cursor.HEADER_OCTETS);
            questionLearnt = true;
        }
        int labels = names.study(name);
        int literal = 0;
        int known = -1;
        while (literal < labels && known < 0) {
            known = names.find(literal, name, target, base);
            literal += known < 0 ? 1 : 0;
        }
        int begin = length();
        int copied = compress && known >= 0 ? names.start(literal) : name.length();
        if (!room(copied)) {
            return;
        }
        name.copyTo(target, at, copied);
        at += copied;
        if (compress && known >= 0) {
            u16(POINTER | known);
        }
        if (!overflown) {
            learn(literal, begin);
        }
    }

    private void learn(int labels, int offset) {
        for (int label = 0; label < labels; label++) {
            names.learn(label, offset + names.start(label));
        }
    }

    void u8(int value) {
        if (room(1)) {
            target[at++] = (byte) value;
        }
    }

    void u16(int value) {
        if (room(2)) {
            put16(at, value);
            at += 2;
        }
    }

    void int32(int value) {
        if (room(4)) {
            put16(at, value >>> 16);
            put16(at + 2, value);
            at += 4;
        }
    }

    private void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }

    void octets(byte[] octets, int count) {
        if (room(count)) {
            System.arraycopy(octets, 0, target, at, count);
            at += count;
        }
    }

    void zeros(int count) {
        for (int i = 0; i < count; i++) {
            u8(0);
        }
    }

    private boolean room(int octets) {
        if (overflown || end - at < octets) {
            overflown = true;
            return false;
        }
        return true;
    }

    private void put16(int where, int value) {
        target[where] = (byte) (value >>> 8);
        target[where + 1] = (byte) value;
    }
}
