package io.waymark.dns.pipeline.respond;

import io.waymark.records.message.TransferComposer;
import java.util.Iterator;
import java.util.function.Supplier;

/// The messages of a zone transfer as a listener takes them. The first is composed at once, the
/// others when they are asked for; a defect on the way is noted with the query that led to it.
public final class TransferMessages implements Iterator<byte[]> {
    private final byte[] first;
    private final TransferComposer rest;
    private final Defects defects;
    private final byte[] evidence;
    private boolean firstTaken;

    /// Throws what composing the first throws.
    /// @param evidence octets of the query that say what was asked
    public TransferMessages(TransferComposer composer, Defects defects, byte[] evidence) {
        this.first = composer.next();
        this.rest = composer;
        this.defects = defects;
        this.evidence = evidence;
    }

    public byte[] first() {
        return first;
    }

    @Override
    public boolean hasNext() {
        return !firstTaken || noted(rest::hasNext);
    }

    @Override
    public byte[] next() {
        if (!firstTaken) {
            firstTaken = true;
            return first;
        }
        return noted(rest::next);
    }

    private <T> T noted(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException | StackOverflowError defect) {
            defects.note(defect, evidence, 0, evidence.length);
            throw defect;
        }
    }
}
