package io.waymark.proxy.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AddressWatchTest {
    @Test
    void addressesThatComeAndGoAreNoticed() throws InterruptedException {
        try (var namespace = TestNamespace.make()) {
            var changes = new Semaphore(0);
            var watch = namespace.run(() -> AddressWatch.start(changes::release));
            try (watch) {
                for (var change : new String[] {"add 192.0.2.7/32", "add fd00:192::7/128", "del 192.0.2.7/32"}) {
                    changes.drainPermits();
                    namespace.command("sh", "-ec", "ip addr " + change + " dev lo");
                    assertThat(changes.tryAcquire(20, TimeUnit.SECONDS))
                            .as(change)
                            .isTrue();
                }
            }
        }
    }
}
