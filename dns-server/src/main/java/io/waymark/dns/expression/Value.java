package io.waymark.dns.expression;

import java.util.List;

/// A value of an expression.
public sealed interface Value {
    Value TRUE = new Truth(true);
    Value FALSE = new Truth(false);

    record Text(String text) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    record Whole(long number) implements Value {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    record Real(double number) implements Value {
        @Override
        public String toString() {
            return Double.toString(number);
        }
    }

    record Truth(boolean holds) implements Value {
        @Override
        public String toString() {
            return Boolean.toString(holds);
        }
    }

    record Sequence(List<Value> items) implements Value {
        /// Copies the list.
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// Whole numbers, both ends included; never written out.
    record Interval(long from, long to) implements Value {}

    /// There is no value, and nothing made of it has one.
    record Failure(String why) implements Value {}

    static Value of(boolean holds) {
        return holds ? TRUE : FALSE;
    }
}
