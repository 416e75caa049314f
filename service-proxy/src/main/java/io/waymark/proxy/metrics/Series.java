package io.waymark.proxy.metrics;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;

/// All samples of one name. Any thread may change them.
abstract sealed class Series permits Series.Counter, Series.Gauge, Histograms {
    private final String name;
    private final String kind;
    private final String help;

    Series(String name, String kind, String help) {
        this.name = name;
        this.kind = kind;
        this.help = help;
    }

    String name() {
        return name;
    }

    /// Appends it in the text format; nothing if there is no sample.
    void write(StringBuilder text) {
        var samples = new StringBuilder();
        writeSamples(samples);
        if (!samples.isEmpty()) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
            text.append(samples);
        }
    }

    abstract void writeSamples(StringBuilder text);

    static void sample(StringBuilder text, String name, String labels, double value) {
        text.append(name).append(labels).append(' ').append(number(value)).append('\n');
    }

    static String number(double value) {
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /// What only grows.
    static final class Counter extends Series {
        private final Map<String, DoubleAdder> values = new ConcurrentSkipListMap<>();

        Counter(String name, String help) {
            super(name, "counter", help);
        }

        void add(String labels, double amount) {
            values.computeIfAbsent(labels, key -> new DoubleAdder()).add(amount);
        }

        @Override
        void writeSamples(StringBuilder text) {
            values.forEach((labels, value) -> sample(text, name(), labels, value.sum()));
        }
    }

    /// What is read when it is asked for. Also for counters that somebody else keeps.
    static final class Gauge extends Series {
        private final Map<String, DoubleSupplier> values = new ConcurrentSkipListMap<>();

        Gauge(String name, String help) {
            super(name, "gauge", help);
        }

        Gauge(String name, String kind, String help) {
            super(name, kind, help);
        }

        void set(String labels, double value) {
            values.put(labels, () -> value);
        }

        void show(String labels, DoubleSupplier value) {
            values.put(labels, value);
        }

        @Override
        void writeSamples(StringBuilder text) {
            values.forEach((labels, value) -> sample(text, name(), labels, value.getAsDouble()));
        }
    }
}
