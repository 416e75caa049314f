package io.waymark.dns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.gen.Gen;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds whatever comes: bounds of space, and of the time for which something is true.
class BoundsTest {
    private static final String LONG = "NOERROR: " + "A 60 192.0.2.1, ".repeat(200) + "A 60 192.0.2.2 / / "
            + "AAAA 60 fd00::1, ".repeat(100) + "A 60 192.0.2.3";

    @Test
    void noMoreEntriesAreKeptThanAreAllowed() {
        var rig = new CacheRig("cache {~success 1024~denial 1024~}").says("NOERROR: A 60 192.0.2.1");
        fill(rig, 5_000);
        rig.says("NXDOMAIN: / SOA 60 60");
        fill(rig, 5_000);
        var store = rig.kept.store();
        assertThat(store.successEntries()).isBetween(900L, 1_024L);
        assertThat(store.denialEntries()).isBetween(900L, 1_024L);
        assertThat(rig.count("evictions_total")).isGreaterThan(7_000);
    }

    @Test
    void noMoreOctetsAreKeptThanAreAllowed() {
        var rig = new CacheRig("cache {~bytes 1000000~}").says(LONG);
        fill(rig, 1_000);
        assertThat(rig.kept.store().bytes()).isBetween(300_000L, 1_000_000L);
        assertThat(rig.kept.store().successEntries()).isLessThan(120);
    }

    private static void fill(CacheRig rig, int names) {
        int before = rig.asked.get();
        for (int i = 0; i < names; i++) {
            rig.ask("n" + (before + i) + ".test.");
        }
    }

    /// What upstream said last of a name, and until when it is true.
    private record Said(String address, long end) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 4711, 815, 42})
    void noTtlIsEverAboveWhatIsLeftAndNothingIsServedThatIsOver(long seed) {
        var gen = Gen.seeded(seed);
        var rig = new CacheRig("cache 300 {~success 2048 300 0~denial 2048 100 0~prefetch 2 1m 30%~}");
        var said = new HashMap<String, Said>();
        long now = 0;
        for (int step = 0; step < 4_000; step++) {
            long passes = gen.oneIn(3) ? gen.below(40) : 0;
            now += passes;
            var name = "n" + gen.below(6) + ".test.";
            long moment = now;
            rig.passes(passes).says(exchange -> {
                int ttl = gen.below(400);
                boolean denies = gen.oneIn(4);
                var address = "192.0.2." + gen.below(250);
                said.put(name, new Said(denies ? "" : address, moment + Math.min(ttl, denies ? 100 : 300)));
                return CacheRig.outcome(
                        exchange.question(),
                        denies ? "NXDOMAIN: / SOA " + ttl + " 3600" : "NOERROR: A " + ttl + " " + address);
            });
            var before = Map.copyOf(said);
            check(rig.ask(name), before.get(name), said.get(name), moment);
        }
        assertThat(rig.count("hits_total")).as("it was a cache").isGreaterThan(500);
        assertThat(rig.count("prefetch_total")).isGreaterThan(10);
    }

    /// An answer is what upstream said last, or said before the refresh that this question led to.
    private static void check(String told, Said before, Said after, long now) {
        assertThat(before == null || !fits(told, before, now) ? fits(told, after, now) : true)
                .as("at %s: %s, but upstream said %s, then %s", now, told, before, after)
                .isTrue();
    }

    private static boolean fits(String told, Said said, long now) {
        var words = told.split(" ");
        boolean denial = told.startsWith("NXDOMAIN");
        long ttl = Long.parseLong(denial ? words[words.length - 2] : words[2]);
        var address = denial ? "" : words[3];
        return address.equals(said.address()) && ttl <= Math.max(0, said.end() - now) && now <= said.end();
    }
}
