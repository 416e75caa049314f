package io.waymark.source.kubernetes.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ExternalAddresses;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.name.DomainName;
import io.waymark.source.ChangeTime;
import io.waymark.source.ChangeTime.Clock;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Our decoders against the official protobuf classes.
class DecodersTest {
    private static final SourceScope WITH_EXTERNALS =
            new SourceScope(Reach.CLUSTER, true, false, false, false, true, LabelSelector.ALL, LabelSelector.ALL);

    private final List<String> warnings = new ArrayList<>();
    private final UnfitObjects unfit = new UnfitObjects(warnings::add);

    /// The kinds, each with its decoder and its part of the generator.
    enum Kind {
        SERVICE,
        SLICE,
        NAMESPACE,
        POD;

        ObjectDecoder decoder(UnfitObjects unfit) {
            return switch (this) {
                case SERVICE -> new ServiceDecoder(unfit);
                case SLICE -> new SliceDecoder(true, unfit);
                case NAMESPACE -> new NamespaceDecoder(unfit);
                case POD -> new PodDecoder(true, unfit);
            };
        }

        Message generate(ObjectGen gen, int number) {
            return switch (this) {
                case SERVICE -> gen.service("o-" + number, number);
                case SLICE -> gen.slice("o-" + number, number);
                case NAMESPACE -> gen.namespace("o-" + number, number);
                case POD -> gen.pod("o-" + number, number);
            };
        }

        List<Message> objects(long seed, int oddness) {
            var gen = new ObjectGen(seed, oddness);
            return IntStream.range(1, 400).mapToObj(i -> generate(gen, i)).toList();
        }
    }

    @Test
    void aWatchSaysWhenAnObjectWasChanged() throws Exception {
        var written = Meta.Time.newBuilder().setSeconds(1_700_000_000).setNanos(0);
        var metadata = Meta.ObjectMeta.newBuilder()
                .setName("web-x")
                .setNamespace("shop")
                .setUid("00000000-0000-0000-0000-000000000001")
                .setResourceVersion("7")
                .setCreationTimestamp(written)
                .addManagedFields(Meta.ManagedFieldsEntry.newBuilder()
                        .setManager("kubectl")
                        .setTime(Meta.Time.newBuilder().setSeconds(1_700_000_009)))
                .putLabels("kubernetes.io/service-name", "web");
        assertThat(timeOf(metadata)).isEqualTo(new ChangeTime(Instant.ofEpochSecond(1_700_000_009), Clock.API_SERVER));
        metadata.putAnnotations("endpoints.kubernetes.io/last-change-trigger-time", "2026-11-23T12:00:00.5Z");
        assertThat(timeOf(metadata))
                .isEqualTo(new ChangeTime(Instant.parse("2026-11-23T12:00:00.500Z"), Clock.CONTROLLER));
        metadata.putAnnotations("endpoints.kubernetes.io/last-change-trigger-time", "yesterday");
        assertThat(timeOf(metadata)).isEqualTo(ChangeTime.UNKNOWN);
    }

    @Test
    void whereAServiceIsReachedFromOutsideIsReadOnlyIfAskedFor() throws Exception {
        var service = V1.Service.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder()
                        .setName("cart")
                        .setNamespace("shop")
                        .setUid("00000000-0000-0000-0000-000000000001")
                        .setResourceVersion("7"))
                .setSpec(V1.ServiceSpec.newBuilder()
                        .setClusterIP("10.96.0.1")
                        .addExternalIPs("203.0.113.1")
                        .addExternalIPs("a..b"))
                .setStatus(V1.ServiceStatus.newBuilder()
                        .setLoadBalancer(V1.LoadBalancerStatus.newBuilder()
                                .addIngress(V1.LoadBalancerIngress.newBuilder().setIp("2001:db8::1"))
                                .addIngress(V1.LoadBalancerIngress.newBuilder().setHostname("lb.example"))))
                .build();
        var body = Wire.list(77, List.of(service));
        var asked = readList(new ServiceDecoder(WITH_EXTERNALS, unfit), new ByteArrayInputStream(body));
        assertThat(((ClusterDelta.PutService) asked.getFirst()).external())
                .isEqualTo(new ExternalAddresses(
                        List.of(IpAddress.of("203.0.113.1"), IpAddress.of("2001:db8::1")),
                        List.of(DomainName.of("lb.example"))));
        var plain = readList(new ServiceDecoder(unfit), new ByteArrayInputStream(body));
        assertThat(((ClusterDelta.PutService) plain.getFirst()).external()).isSameAs(ExternalAddresses.NONE);
    }

    private ChangeTime timeOf(Meta.ObjectMeta.Builder metadata) throws IOException {
        var slice = V1Discovery.EndpointSlice.newBuilder()
                .setMetadata(metadata)
                .setAddressType("IPv4")
                .build();
        var decoder = new SliceDecoder(false, unfit);
        var reader = new WatchReader(new ByteArrayInputStream(Wire.frame("ADDED", slice)), decoder);
        return ((WatchEvent.Changed) reader.next()).time();
    }

    private static List<ClusterDelta> readList(ObjectDecoder decoder, InputStream body) throws Exception {
        var deltas = new ArrayList<ClusterDelta>();
        assertThat(new ListReader(decoder).read(body, deltas::add)).isEqualTo(77);
        return deltas;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aListDecodesAsTheOfficialClassesHaveIt(Kind kind) throws Exception {
        for (long seed : new long[] {1, 7, 4711}) {
            var objects = kind.objects(seed, 0);
            var body = new ByteArrayInputStream(Wire.list(77, objects));
            assertThat(readList(kind.decoder(unfit), body))
                    .as("seed %d", seed)
                    .isEqualTo(objects.stream().map(Oracle::delta).toList());
        }
        assertThat(warnings).allMatch(warning -> warning.contains("addressType is FQDN"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatCannotBeServedIsLeftOutAndTheRestIsServed(Kind kind) throws Exception {
        for (long seed : new long[] {1, 7, 4711}) {
            var objects = kind.objects(seed, 20);
            var body = new Dribble(Wire.list(77, objects), seed);
            assertThat(readList(kind.decoder(unfit), body))
                    .as("seed %d", seed)
                    .isEqualTo(objects.stream().map(Oracle::delta).toList());
        }
        assertThat(warnings).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aWatchDecodesAsTheOfficialClassesHaveIt(Kind kind) throws Exception {
        var objects = kind.objects(3, 20);
        var octets = new ByteArrayOutputStream();
        objects.forEach(object -> octets.writeBytes(Wire.frame("MODIFIED", object)));
        var reader = new WatchReader(new Dribble(octets.toByteArray(), 3), kind.decoder(unfit));
        for (var object : objects) {
            assertThat(((WatchEvent.Changed) reader.next()).delta()).isEqualTo(Oracle.delta(object));
        }
        assertThat(reader.next()).isEqualTo(new WatchEvent.Ended());
    }

    @Test
    void aWatchSaysWhatWasDeletedUpToWhereItIsAndWhyItFailed() throws Exception {
        var gen = new ObjectGen(1, 0);
        var service = gen.service("cart", 12);
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(Wire.frame("DELETED", service));
        octets.writeBytes(Wire.frame(
                "BOOKMARK",
                V1.Service.newBuilder()
                        .setMetadata(Meta.ObjectMeta.newBuilder().setResourceVersion("40"))
                        .build()));
        octets.writeBytes(Wire.frame("ERROR", Wire.status(410, "Expired", "too old resource version")));
        var reader = new WatchReader(new ByteArrayInputStream(octets.toByteArray()), new ServiceDecoder(unfit));

        var name = new NamespacedName(service.getMetadata().getNamespace(), "cart");
        assertThat(reader.next()).isEqualTo(new WatchEvent.Changed(new ClusterDelta.RemoveService(name), 12));
        assertThat(reader.hasNextAtHand()).isTrue();
        assertThat(reader.next()).isEqualTo(new WatchEvent.Bookmark(40));
        var failed = (WatchEvent.Failed) reader.next();
        assertThat(failed.status().isExpired()).isTrue();
        assertThat(reader.hasNextAtHand()).isFalse();
    }

    @Test
    void aListWithoutObjectsIsOne() throws Exception {
        assertThat(readList(new ServiceDecoder(unfit), new ByteArrayInputStream(Wire.list(77, List.of()))))
                .isEmpty();
    }

    @Test
    void theNamesOfPodsAreKeptOnlyWhereTheyAreAskedFor() throws Exception {
        var slice = V1Discovery.EndpointSlice.newBuilder()
                .setMetadata(
                        new ObjectGen(1, 0).metadata("shop", "db-x", 5).putLabels("kubernetes.io/service-name", "db"))
                .setAddressType("IPv4")
                .addEndpoints(V1Discovery.Endpoint.newBuilder()
                        .addAddresses("10.1.2.3")
                        .setTargetRef(
                                V1.ObjectReference.newBuilder().setKind("Pod").setName("db-0")))
                .build();
        for (boolean podNames : new boolean[] {false, true}) {
            var body = new ByteArrayInputStream(Wire.list(77, List.of(slice)));
            var put = (ClusterDelta.PutSlice)
                    readList(new SliceDecoder(podNames, unfit), body).getFirst();
            assertThat(put.slice().endpoints().podName(0)).isEqualTo(podNames ? "db-0" : "");
        }
    }

    @Test
    void equalNodesZonesAndPortsAreOneObject() throws Exception {
        var decoder = new SliceDecoder(false, unfit);
        var slices = Stream.of("a", "b")
                .map(name -> V1Discovery.EndpointSlice.newBuilder()
                        .setMetadata(new ObjectGen(1, 0)
                                .metadata("shop", name, 5)
                                .putLabels("kubernetes.io/service-name", "db"))
                        .setAddressType("IPv4")
                        .addPorts(V1Discovery.EndpointPort.newBuilder()
                                .setName("pg")
                                .setPort(5432))
                        .addEndpoints(V1Discovery.Endpoint.newBuilder()
                                .addAddresses("10.1.2.3")
                                .setNodeName("node-1"))
                        .build())
                .toList();
        var deltas = readList(decoder, new ByteArrayInputStream(Wire.list(77, slices)));
        var first = ((ClusterDelta.PutSlice) deltas.get(0)).slice();
        var second = ((ClusterDelta.PutSlice) deltas.get(1)).slice();
        assertThat(first.ports()).isSameAs(second.ports());
        assertThat(first.endpoints().nodeName(0)).isSameAs(second.endpoints().nodeName(0));
        assertThat(first.name().namespace()).isSameAs(second.name().namespace());
    }

    @Test
    void anObjectThatIsLeftOutIsNamedOnceHoweverOftenItComes() throws Exception {
        var service = V1.Service.newBuilder()
                .setMetadata(new ObjectGen(1, 0).metadata("shop", "cart", 5))
                .setSpec(V1.ServiceSpec.newBuilder().setClusterIP("10.0.0.300\n"))
                .build();
        for (int i = 0; i < 3; i++) {
            readList(new ServiceDecoder(unfit), new ByteArrayInputStream(Wire.list(77, List.of(service))));
        }
        assertThat(warnings)
                .containsExactly("Service shop/cart: clusterIP \"10.0.0.300?\" left out, for it is no address");
    }

    @Test
    void aSliceOfDomainNamesIsLeftOutAndNamedOnce() throws Exception {
        var slice = V1Discovery.EndpointSlice.newBuilder()
                .setMetadata(
                        new ObjectGen(1, 0).metadata("shop", "db-x", 5).putLabels("kubernetes.io/service-name", "db"))
                .setAddressType("FQDN")
                .addEndpoints(V1Discovery.Endpoint.newBuilder().addAddresses("db.example.org"))
                .build();
        for (int i = 0; i < 3; i++) {
            var body = new ByteArrayInputStream(Wire.list(77, List.of(slice)));
            assertThat(readList(new SliceDecoder(false, unfit), body))
                    .containsExactly(new ClusterDelta.RemoveSlice(new NamespacedName("shop", "db-x")));
        }
        assertThat(warnings)
                .containsExactly("EndpointSlice shop/db-x: left out, for its addressType is FQDN, which is deprecated:"
                        + " domain names are no addresses to answer with; use a Service of type ExternalName");
    }

    @Test
    void warningsHaveABound() {
        for (int i = 0; i < 5000; i++) {
            unfit.leftOut("Service", new NamespacedName("shop", "s" + i), "left out");
        }
        assertThat(warnings).hasSize(UnfitObjects.WARNINGS_MAX + 1);
        assertThat(warnings.getLast()).startsWith("more than 1000 objects");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void anyOctetsDecodeOrAreRefusedAndNothingElseHappens(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var quiet = new UnfitObjects(line -> {});
        for (var kind : Kind.values()) {
            var whole = Wire.list(77, kind.objects(seed, 20).subList(0, 20));
            var decoder = kind.decoder(quiet);
            for (int round = 0; round < 2000; round++) {
                var octets = mutated(whole, random);
                try {
                    new ListReader(decoder).read(new ByteArrayInputStream(octets), delta -> {});
                } catch (IOException refused) {
                    assertThat(refused).isInstanceOfAny(MalformedProtobuf.class, EOFException.class);
                }
                ApiStatus.ofBody(octets, 500);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void aWatchOfAnyOctetsEndsOrIsRefused(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        for (var kind : Kind.values()) {
            var whole = new ByteArrayOutputStream();
            kind.objects(seed, 20).subList(0, 20).forEach(object -> whole.writeBytes(Wire.frame("ADDED", object)));
            var decoder = kind.decoder(new UnfitObjects(line -> {}));
            for (int round = 0; round < 2000; round++) {
                var reader = new WatchReader(new ByteArrayInputStream(mutated(whole.toByteArray(), random)), decoder);
                try {
                    while (!(reader.next() instanceof WatchEvent.Ended)) {}
                } catch (IOException refused) {
                    assertThat(refused).isInstanceOfAny(MalformedProtobuf.class, EOFException.class);
                }
            }
        }
    }

    private static byte[] mutated(byte[] whole, SplittableRandom random) {
        var octets = random.nextInt(3) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        for (int i = random.nextInt(8); i > 0 && octets.length > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        return octets;
    }

    @Test
    void aBodyThatIsNoListIsRefusedWithWhatItIs() {
        var json = new ByteArrayInputStream("{\"kind\":\"ServiceList\"}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> readList(new ServiceDecoder(unfit), json))
                .isInstanceOf(MalformedProtobuf.class)
                .hasMessageContaining("{\"kind\":\"ServiceList\"}");
    }

    @Test
    void aFrameLargerThanAnyObjectIsRefusedBeforeItIsRead() {
        var octets = new byte[] {0x7f, 0x7f, 0x7f, 0x7f, 1, 2, 3};
        var reader = new WatchReader(new ByteArrayInputStream(octets), new ServiceDecoder(unfit));
        assertThatThrownBy(reader::next).isInstanceOf(MalformedProtobuf.class).hasMessageContaining("at most 8388608");
    }

    @Test
    void aRefusalThatIsNoStatusIsShownAsText() {
        var status = ApiStatus.ofBody("<html>Bad Gateway</html>".getBytes(StandardCharsets.UTF_8), 502);
        assertThat(status).hasToString("502: <html>Bad Gateway</html>");
        assertThat(ApiStatus.ofBody(Wire.envelope(Wire.status(403, "Forbidden", "no")), 403))
                .hasToString("403 Forbidden: no");
    }

    /// Octets that come in small pieces of random size, as off a network.
    private static final class Dribble extends InputStream {
        private final ByteArrayInputStream octets;
        private final SplittableRandom random;

        Dribble(byte[] octets, long seed) {
            this.octets = new ByteArrayInputStream(octets);
            this.random = new SplittableRandom(seed);
        }

        @Override
        public int read() {
            return octets.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return octets.read(into, offset, Math.min(length, 1 + random.nextInt(1500)));
        }
    }
}
