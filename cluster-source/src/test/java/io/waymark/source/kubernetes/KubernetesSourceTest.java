package io.waymark.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.proto.V1;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import io.waymark.source.kubernetes.ScriptedApi.Fault;
import io.waymark.source.kubernetes.ScriptedApi.Faults;
import io.waymark.source.kubernetes.http.Credential;
import io.waymark.source.kubernetes.http.Patience;
import io.waymark.source.kubernetes.pace.Timing;
import io.waymark.source.kubernetes.protobuf.ObjectGen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole source against a scripted API server over real sockets.
@Timeout(120)
class KubernetesSourceTest {
    private static final SourceScope ALL =
            new SourceScope(Reach.CLUSTER, true, true, true, true, false, LabelSelector.ALL, LabelSelector.ALL);
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final Timing FAST = new Timing(
            Duration.ofSeconds(2),
            new Patience(SILENCE, Duration.ofSeconds(5)),
            new Patience(SILENCE, SILENCE),
            new Patience(SILENCE, SILENCE),
            Duration.ofMinutes(5),
            Duration.ofMillis(2),
            Duration.ofMillis(50),
            Duration.ofHours(1));

    private final ApiWorld world = new ApiWorld(1);
    private final Recorder recorder = new Recorder(world::wasServed);
    private final Lines log = new Lines();
    private AutoCloseable source = () -> {};

    private KubernetesSource source(ScriptedApi api) {
        return source(KubernetesConfig.ofEndpoint(api.uri()), ALL, FAST);
    }

    private KubernetesSource source(KubernetesConfig config, SourceScope scope, Timing timing) {
        var made = new KubernetesSource(
                config, scope, new Surroundings(timing, InstantSource.system(), RandomGenerator.getDefault(), log));
        source = made;
        return made;
    }

    @AfterEach
    void close() throws Exception {
        source.close();
        assertThat(recorder.faults()).isEmpty();
    }

    private void assertCatchesUp() throws InterruptedException {
        // Asked once: what came and went in one churn may still be on its way.
        assertThat(recorder.await(
                        () -> recorder.isSynced() && recorder.objects().equals(world.servable())))
                .as("synced: %s, known: %s", recorder.isSynced(), recorder.objects())
                .isTrue();
    }

    @Test
    void whatIsThereAndWhatChangesIsDelivered() throws Exception {
        world.churn(200);
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            source(api).start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(recorder.objects()).isEqualTo(world.servable());
            world.churn(200);
            assertCatchesUp();
        }
    }

    @Test
    void anEmptyClusterSyncs() throws Exception {
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            var source = source(api);
            source.start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(recorder.await(() -> source.freshness().synced())).isTrue();
        }
    }

    @Test
    void onlyWhatIsAskedForIsRead() throws Exception {
        var selector = LabelSelector.parse("app=web,tier in (a,b)").orElseThrow();
        var scope = new SourceScope(false, false, false, selector, LabelSelector.ALL);
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            source(KubernetesConfig.ofEndpoint(api.uri()), scope, FAST).start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(api.requests())
                    .contains(
                            "/api/v1/services?resourceVersion=0&labelSelector=app%3Dweb%2Ctier+in+%28a%2Cb%29",
                            "/api/v1/namespaces?resourceVersion=0")
                    .noneMatch(target -> target.contains("endpointslices") || target.contains("pods"));
        }
    }

    @Test
    void servicesAndNamespacesAreListedOnOneConnectionWhileSlicesComeOnAnother() throws Exception {
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            source(KubernetesConfig.ofEndpoint(api.uri()), SourceScope.DEFAULT, FAST)
                    .start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(api.requests().getFirst())
                    .isEqualTo("/apis/discovery.k8s.io/v1/endpointslices?resourceVersion=0");
            assertThat(api.requests().stream().filter(target -> target.contains("=0")))
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void oneFaultOfAKindIsOvercome(Fault fault) throws Exception {
        world.churn(100);
        var left = new AtomicInteger(8);
        Faults some = struck -> struck == fault && left.getAndDecrement() > 0;
        try (var api = new ScriptedApi(world, some)) {
            source(api).start(recorder);
            assertThat(recorder.await(() -> {
                        world.churn(1);
                        return left.get() <= 0;
                    }))
                    .isTrue();
            assertCatchesUp();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void afterAllFaultsEndTheStateIsTheServers(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var healthy = new AtomicInteger();
        var often = EnumSet.complementOf(EnumSet.of(Fault.LIST_STALLS, Fault.WATCH_SILENT));
        Faults faults = fault -> {
            synchronized (random) {
                return healthy.get() == 0 && random.nextInt(often.contains(fault) ? 10 : 100) == 0;
            }
        };
        world.churn(100);
        try (var api = new ScriptedApi(world, faults)) {
            source(api).start(recorder);
            var rounds = new AtomicInteger();
            recorder.await(() -> {
                world.churn(3);
                return rounds.incrementAndGet() > 300;
            });
            healthy.set(1);
            assertCatchesUp();
        }
    }

    @Test
    void whatWasDeletedWhileNobodyWatchedIsRemovedByTheNextList() throws Exception {
        world.churn(200);
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            var source = source(api);
            source.start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            api.stop();
            world.churn(200);
            world.compact();
            int before = recorder.changes();
            assertThat(recorder.await(() -> !source.freshness().trouble().isEmpty()))
                    .isTrue();
            assertThat(recorder.changes()).isEqualTo(before);
            api.restart();
            assertCatchesUp();
            assertThat(recorder.await(() -> source.freshness().trouble().isEmpty()))
                    .isTrue();
        }
    }

    @Test
    void aRelistOfTheSameObjectsChangesNothing() throws Exception {
        world.churn(200);
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            source(api).start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            int before = recorder.changes();
            world.compact();
            long lists = api.requests().size();
            api.cutAll();
            assertThat(recorder.await(() -> api.requests().size() >= lists + 8)).isTrue();
            assertThat(recorder.changes()).isEqualTo(before);
        }
    }

    @Test
    void aServerThatIsNotThereYetIsTriedUntilItIs() throws Exception {
        world.churn(20);
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            api.stop();
            var source = source(api);
            source.start(recorder);
            assertThat(recorder.await(() -> source.freshness().trouble().contains("Connection refused")))
                    .isTrue();
            assertThat(source.freshness().synced()).isFalse();
            assertThat(source.freshness().lastContact()).isEqualTo(Instant.EPOCH);
            api.restart();
            assertCatchesUp();
        }
    }

    @Test
    void aServerThatGoesAndComesBackIsLoggedOnceEach() throws Exception {
        world.churn(20);
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            var source = source(api);
            source.start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(recorder.await(() -> source.freshness().synced())).isTrue();
            api.stop();
            assertThat(recorder.await(() -> log.with("lost").size() == 4)).isTrue();
            long begun = System.nanoTime();
            recorder.await(
                    () -> System.nanoTime() - begun > 10 * FAST.retryMax().toNanos());
            api.restart();
            assertThat(recorder.await(() -> source.freshness().trouble().isEmpty()))
                    .isTrue();
            assertThat(log.with("lost Services"))
                    .singleElement()
                    .asString()
                    .endsWith("; what is known is served on, and it is tried again");
            assertThat(log.with("Services of http://127.0.0.1"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("back after");
            assertThat(log.with("synced with")).hasSize(1);
        }
    }

    @Test
    void aWatchThatEndsOrIsCutIsNoNewsIfTheNextOneStands() throws Exception {
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            var source = source(api);
            source.start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            for (int i = 0; i < 5; i++) {
                // Twice: what came before the last cut may still be on its way the first time.
                assertThat(isHeardOnAllWatches(source) && isHeardOnAllWatches(source))
                        .isTrue();
                api.cutAll();
                world.churn(3);
                assertCatchesUp();
            }
            assertThat(log.with("lost")).isEmpty();
        }
    }

    private boolean isHeardOnAllWatches(KubernetesSource source) throws InterruptedException {
        var now = Instant.now();
        return recorder.await(() -> source.freshness().lastContact().isAfter(now));
    }

    @Test
    void aTokenThatIsReplacedInItsFileWorksAtOnce(@TempDir Path folder) throws Exception {
        world.churn(20);
        var file = Files.writeString(folder.resolve("token"), "old\n");
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            api.accept("old");
            var open = KubernetesConfig.ofEndpoint(api.uri());
            var config = new KubernetesConfig(
                    open.location(), open.tlsName(), open.trust(), open.identity(), new Credential.InFile(file));
            var source = source(config, ALL, FAST);
            source.start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            api.accept("new");
            api.cutAll();
            assertThat(recorder.await(() -> source.freshness().trouble().contains("401 Unauthorized")))
                    .isTrue();
            Files.writeString(file, "new\n");
            world.churn(20);
            assertCatchesUp();
        }
    }

    @Test
    void theLastContactIsThatOfTheKindThatWasSilentLongest() throws Exception {
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            var source = source(api);
            var begun = Instant.now();
            source.start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            assertThat(recorder.await(() -> source.freshness().lastContact().isAfter(begun)))
                    .isTrue();
            var seen = source.freshness().lastContact();
            assertThat(recorder.await(() -> source.freshness().lastContact().isAfter(seen)))
                    .as("bookmarks show that the state is current")
                    .isTrue();
            api.stop();
            assertThat(recorder.await(() -> !source.freshness().trouble().isEmpty()))
                    .isTrue();
            assertThat(source.freshness().synced()).isTrue();
        }
    }

    @Test
    void aDuplicateOfAnOldEventDoesNotBringBackWhatWasDeleted() throws Exception {
        world.put(ResourceKind.SERVICES, "stays");
        try (var api = new ScriptedApi(world, fault -> fault == Fault.FRAME_TWICE)) {
            source(api).start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            world.churn(300);
            assertCatchesUp();
        }
    }

    @Test
    void anObjectThatBecomesUnfitIsLeftOut() throws Exception {
        var spec = V1.ServiceSpec.newBuilder().setClusterIP("10.0.0.1");
        var gen = new ObjectGen(1, 0);
        world.put(
                ResourceKind.SERVICES,
                V1.Service.newBuilder()
                        .setMetadata(gen.metadata("shop", "cart", world.nextVersion()))
                        .setSpec(spec)
                        .build());
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            source(api).start(recorder);
            assertCatchesUp();
            assertThat(recorder.objects()).hasSize(1);
            world.put(
                    ResourceKind.SERVICES,
                    V1.Service.newBuilder()
                            .setMetadata(gen.metadata("shop", "cart", world.nextVersion()))
                            .setSpec(spec.setClusterIP("10.0.0.999"))
                            .build());
            assertThat(recorder.await(() -> recorder.objects().isEmpty())).isTrue();
        }
    }

    @Test
    void closeEndsEveryThreadPromptly() throws Exception {
        world.churn(50);
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            var source = source(api);
            source.start(recorder);
            assertThat(recorder.awaitSynced()).isTrue();
            long begun = System.nanoTime();
            source.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
            int before = recorder.changes();
            world.churn(50);
            assertThat(recorder.changes()).isEqualTo(before);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("source-"));
        }
    }

    @Test
    void closeEndsASourceThatWaitsForItsServer() throws IOException {
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            api.stop();
            var source = source(api);
            source.start(recorder);
            source.close();
            assertThat(recorder.isSynced()).isFalse();
        }
    }
}
