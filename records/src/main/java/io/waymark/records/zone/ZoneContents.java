package io.waymark.records.zone;

import io.waymark.records.rr.RecordSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/// All records of a zone as of one serial, for those who keep a copy of it.
/// @param soa    with that serial
/// @param parts  how many parts the rest has, for example one for each Service
/// @param part   makes the records of one part, when it is their turn
public record ZoneContents(RecordSet soa, int parts, IntFunction<List<RecordSet>> part) {

    /// Everything in the order of a transfer, the SOA in front and once more at the end (RFC 5936
    /// §2.2). For one thread at a time.
    public Iterator<RecordSet> transfer() {
        return new Transfer();
    }

    private final class Transfer implements Iterator<RecordSet> {
        private Iterator<RecordSet> current = List.of(soa).iterator();
        private int next;

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && next <= parts) {
                current = (next < parts ? part.apply(next) : List.of(soa)).iterator();
                next++;
            }
            return current.hasNext();
        }

        @Override
        public RecordSet next() {
            if (!hasNext()) {
                throw new NoSuchElementException("behind the closing SOA");
            }
            return current.next();
        }
    }
}
