package io.waymark.dns.plugin.transfer;

import io.waymark.dns.pipeline.LongestApex;
import io.waymark.dns.plugin.transfer.TransferStage.Receivers;
import io.waymark.dns.plugin.transfer.TransferStage.Rule;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the secondaries that are named by their addresses which zones have changed; several changes within a
/// period are one, and the first is told when the server answers. [#changed] on any thread, [#run] on one at a time.
final class Notifier implements Runnable {
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final LongestApex<Rule> rules;
    private final Notification notification;
    private final Set<DomainName> due = ConcurrentHashMap.newKeySet();

    Notifier(List<Rule> rules, Notification notification) {
        this.rules = new LongestApex<>(rules.stream()
                .flatMap(rule -> rule.zones().stream().map(zone -> new LongestApex.Apex<>(zone, rule)))
                .toList());
        this.notification = notification;
    }

    /// Remembers it for the next run.
    void changed(DomainName zone) {
        due.add(zone);
    }

    @Override
    public void run() {
        // What becomes due from here on is told, perhaps a second time, in the next run.
        var now = List.copyOf(due);
        now.forEach(due::remove);
        for (var zone : now) {
            rules.of(new Question(zone, RecordType.SOA, ResourceRecord.CLASS_IN))
                    .ifPresent(rule -> tell(zone, rule));
        }
    }

    private void tell(DomainName zone, Rule rule) {
        switch (rule.receivers()) {
            case Receivers.Everybody everybody -> {}
            case Receivers.Named(var addresses) -> {
                for (var secondary : addresses) {
                    try {
                        notification.send(zone, rule.source(), secondary);
                    } catch (IOException failure) {
                        LOG.warn(
                                "transfer: {} was not told that zone {} has changed: {}; it will see when it looks",
                                secondary,
                                zone,
                                failure.getMessage());
                    }
                }
            }
        }
    }
}
