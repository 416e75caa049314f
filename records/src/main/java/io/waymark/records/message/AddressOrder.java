package io.waymark.records.message;

import io.waymark.records.rr.RecordType;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Puts the addresses of a reply into another order without composing it anew: A records and AAAA records
/// have data of one length, so those of one owner can change places. Which order is another's to choose.
public final class AddressOrder {
    /// Enough for what fits a datagram; of more addresses than these the first ones change places.
    private static final int RECORDS_MAX = 4_096;

    private static final int TTL_OCTETS = 4;
    private static final int LENGTH_OCTETS = 2;

    private AddressOrder() {}

    /// Shuffles TTL and data of the A and AAAA records in `octets`, a reply of one question, those of
    /// one section, type and owner (written alike) among themselves. All octets stay that cannot be read.
    /// @param below of a number `n`, one from 0 up to but without `n`, each as likely
    public static void shuffle(byte[] octets, IntUnaryOperator below) {
        var in = new Cursor(octets, 0, octets.length);
        in.skip(4);
        int questions = in.u16();
        int[] sections = {in.u16(), in.u16(), in.u16()};
        in.skipLabels();
        in.skip(4);
        if (questions != 1) {
            return;
        }
        var run = new Run(octets, below);
        for (int records : sections) {
            for (int i = 0; i < records && !in.failed(); i++) {
                run.record(in);
            }
            run.end();
        }
    }

    /// Records behind each other that have type and owner in common.
    private static final class Run {
        private final byte[] octets;
        private final IntUnaryOperator below;
        private final byte[] kept = new byte[TTL_OCTETS + LENGTH_OCTETS + 16];
        private int[] at = new int[8];
        private int count;
        private int owner;
        private int ownerEnd;
        private int type;

        Run(byte[] octets, IntUnaryOperator below) {
            this.octets = octets;
            this.below = below;
        }

        void record(Cursor in) {
            int begin = in.at();
            in.skipName();
            int end = in.at();
            int recordType = in.u16();
            in.skip(2);
            int ttlAt = in.at();
            in.skip(TTL_OCTETS);
            int length = in.u16();
            in.skip(length);
            if (in.failed() || length != octets(recordType)) {
                end();
                return;
            }
            if (count > 0 && (recordType != type || !Arrays.equals(octets, owner, ownerEnd, octets, begin, end))) {
                end();
            }
            if (count < RECORDS_MAX) {
                at = count < at.length ? at : Arrays.copyOf(at, 2 * count);
                at[count++] = ttlAt;
            }
            owner = begin;
            ownerEnd = end;
            type = recordType;
        }

        /// Octets of data that change places.
        private static int octets(int type) {
            return type == RecordType.A.code() ? 4 : type == RecordType.AAAA.code() ? 16 : -1;
        }

        /// Shuffles the run and begins the next one.
        void end() {
            for (int i = count - 1; i > 0; i--) {
                int other = below.applyAsInt(i + 1);
                if (other != i) {
                    swap(at[i], at[other], TTL_OCTETS + LENGTH_OCTETS + octets(type));
                }
            }
            count = 0;
        }

        private void swap(int one, int other, int length) {
            System.arraycopy(octets, one, kept, 0, length);
            System.arraycopy(octets, other, octets, one, length);
            System.arraycopy(kept, 0, octets, other, length);
        }
    }
}
