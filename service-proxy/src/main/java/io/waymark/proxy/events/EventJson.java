package io.waymark.proxy.events;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// An Event of events.k8s.io/v1 as JSON.
final class EventJson {
    /// Longer ones are refused by the API server.
    private static final int NOTE_MAX = 1024;

    private static final String CONTROLLER = "kube-proxy";
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EventJson() {}

    /// Where Events about an object lie: beside it, or in `default` if it lies in no namespace.
    static String namespace(ProxyEvent event) {
        var own = event.subject().namespace();
        return own.isEmpty() ? "default" : own;
    }

    /// The whole object.
    /// @param host on which this is told
    static String whole(EventLedger.Entry entry, String host) {
        var event = entry.event();
        var subject = event.subject();
        return """
                {"apiVersion":"events.k8s.io/v1","kind":"Event",\
                "metadata":{"name":%s,"namespace":%s},"eventTime":%s,%s\
                "reportingController":%s,"reportingInstance":%s,"action":%s,"reason":%s,\
                "regarding":{"apiVersion":%s,"kind":%s%s,"name":%s},"note":%s,"type":%s}""".formatted(
                        quoted(entry.name()),
                        quoted(namespace(event)),
                        quoted(MICROS.format(entry.first())),
                        entry.count() > 1 ? series(entry) + "," : "",
                        quoted(CONTROLLER),
                        quoted(CONTROLLER + "-" + host),
                        quoted(event.action()),
                        quoted(event.reason()),
                        quoted(subject.apiVersion()),
                        quoted(subject.kind()),
                        subject.namespace().isEmpty() ? "" : ",\"namespace\":" + quoted(subject.namespace()),
                        quoted(subject.name()),
                        quoted(shortened(event.note())),
                        quoted(event.kind().text()));
    }

    /// A patch that says how the series has gone on.
    static String patch(EventLedger.Entry entry) {
        return "{" + series(entry) + "}";
    }

    private static String series(EventLedger.Entry entry) {
        return "\"series\":{\"count\":%d,\"lastObservedTime\":%s}"
                .formatted(entry.count(), quoted(MICROS.format(entry.last())));
    }

    private static String shortened(String note) {
        return note.length() <= NOTE_MAX ? note : note.substring(0, NOTE_MAX - 1) + "…";
    }

    /// RFC 8259 §7.
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
