package io.waymark.source.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.SourceScope;
import io.waymark.source.manifest.Manifest.Naming;
import io.waymark.source.manifest.Manifest.OfPod;
import io.waymark.source.manifest.Manifest.OfService;
import io.waymark.source.manifest.Manifest.OfSlice;
import io.waymark.source.manifest.Manifest.Port;
import io.waymark.source.manifest.Manifest.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final SourceScope WITH_POD_NAMES =
            new SourceScope(true, false, true, LabelSelector.ALL, LabelSelector.ALL);

    @Test
    void aServiceIsReadWithWhatTheApiPutsInWhereNothingStands() {
        var service = (OfService) only("""
                apiVersion: v1
                kind: Service
                metadata:
                  name: cart
                  labels: {team: red}
                spec:
                  selector: {app: cart}
                  ports:
                  - port: 80
                """);
        assertThat(service.key()).hasToString("Service default/cart");
        assertThat(service.origin().line()).isEqualTo(1);
        assertThat(service.labels()).containsEntry("team", "red");
        assertThat(service.naming()).isEqualTo(new Naming.Addresses(List.of()));
        assertThat(service.families()).containsExactly(IpFamily.IPV4);
        assertThat(service.ports())
                .containsExactly(new Port(new ServicePort("", Protocol.TCP, 80), new Target.ByNumber(80)));
        assertThat(service.publishesNotReady()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # spec                                                                       | families     | because
            ipFamilies: [IPv6]                                                           | [IPv6]       | it is named
            ipFamilyPolicy: SingleStack                                                  | [IPv4]       | IPv4 is the first family
            ipFamilyPolicy: PreferDualStack                                              | [IPv4, IPv6] | both can be had
            {ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6]}                       | [IPv6, IPv4] | the named one is the first
            ipFamilies: [IPv6, IPv4]                                                     | [IPv6, IPv4] | two are named
            clusterIP: 'fd00::1'                                                         | [IPv6]       | its address is one
            clusterIPs: [10.96.0.1, 'fd00::1']                                           | [IPv4, IPv6] | it has one of each
            {clusterIP: 'fd00::1', ipFamilyPolicy: PreferDualStack}                      | [IPv6, IPv4] | the address says which is first
            """)
    void familiesFollowWhatIsNamedThenTheAddressesThenThePolicy(String spec, String families, String because) {
        assertThat(service(spec).families()).as(because).hasToString(families);
    }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # port                          | target
            {port: 80}                      | ByNumber[port=80]
            {port: 80, targetPort: 8080}    | ByNumber[port=8080]
            {port: 80, targetPort: 0}       | ByNumber[port=80]
            {port: 80, targetPort: ''}      | ByNumber[port=80]
            {port: 80, targetPort: http}    | ByName[name=http]
            """)
    void aPortLeadsToItsTargetOrItself(String port, String target) {
        var service = (OfService)
                only("{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [%s]}}".formatted(port));
        assertThat(service.ports().getFirst().target()).hasToString(target);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # spec                                            | what its name stands for
            clusterIP: None                                   | Endpoints[]
            clusterIPs: [None]                                | Endpoints[]
            {clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9]}   | Addresses[claimed=[10.96.0.9]]
            {type: LoadBalancer, clusterIP: ''}               | Addresses[claimed=[]]
            {type: ExternalName, externalName: db.example.}   | Alias[target=db.example.]
            """)
    void aServicesNameStandsForAddressesEndpointsOrAnotherName(String spec, String naming) {
        assertThat(service(spec).naming()).hasToString(naming);
    }

    /// Each spec is that of Service shop/cart; it begins in line 5, column 7.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {ports: [{port: 70000}]}                    | 5:23: spec.ports[0].port: found 70000; expected a whole number from 1 to 65535
            {ports: [{port: "80"}]}                     | 5:23: spec.ports[0].port: found "80"; expected a whole number from 1 to 65535
            {ports: [{name: web}]}                      | 5:16: spec.ports[0].port: found nothing; expected a whole number from 1 to 65535
            {ports: [{port: 0x50}]}                     | 5:23: spec.ports[0].port: found 0x50; expected a whole number from 1 to 65535
            {ports: [{port: 1, protocol: tcp}]}         | 5:36: spec.ports[0].protocol: found tcp; expected TCP, UDP or SCTP
            {ports: [{port: 1, targetPort: -web}]}      | 5:38: spec.ports[0].targetPort: found -web; expected a port's name: 1 to 15 of a-z, 0-9 and single -, with at least one letter
            {ports: [{port: 1}, {name: b, port: 2}]}    | 5:16: spec.ports[0].name: found nothing; expected a DNS label: 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends
            {ports: [{name: a, port: 1}, {name: a, port: 2}]} | 5:43: spec.ports[1].name: found a; expected a name that no other port of the Service has
            {ports: [{name: a, port: 1}, {name: b, port: 1}]} | 5:52: spec.ports[1].port: found 1/TCP; expected a port that the Service does not have yet
            {ports: {http: 80}}                         | 5:15: spec.ports: found a mapping; expected a list
            {}                                          | 5:7: spec.ports: found nothing; expected at least one port
            {clusterIP: 10.96.0.256, ports: [{port: 1}]} | 5:19: spec.clusterIP: found 10.96.0.256; expected an IP address, such as 10.96.0.10 or fd00::10
            {clusterIP: 10.1.1.1, clusterIPs: [10.1.1.2], ports: [{port: 1}]} | 5:42: spec.clusterIPs[0]: found 10.1.1.2; expected 10.1.1.1, as in clusterIP
            {clusterIPs: [10.1.1.1, 10.1.1.2], ports: [{port: 1}]} | 5:20: spec.clusterIPs: found 10.1.1.2; expected an address of IPv6
            {clusterIP: 10.1.1.1, ipFamilies: [IPv6], ports: [{port: 1}]} | 5:7: spec.clusterIPs: found 10.1.1.1; expected an address of IPv6
            {clusterIP: None, type: NodePort}           | 5:19: spec.clusterIP: found None; a NodePort Service needs an address: leave the field out
            {type: Internal, ports: [{port: 1}]}        | 5:14: spec.type: found Internal; expected ClusterIP, NodePort, LoadBalancer or ExternalName
            {type: ExternalName, externalName: A.b}     | 5:42: spec.externalName: found A.b; expected a DNS name in lower case, such as db.example.com
            {type: ExternalName}                        | 5:7: spec.externalName: found nothing; expected a DNS name in lower case, such as db.example.com
            {type: ExternalName, externalName: b, clusterIP: 10.1.1.1} | 5:56: spec.clusterIP: an ExternalName Service has none; expected the field to be left out
            {ipFamilies: [IPv5], ports: [{port: 1}]}    | 5:21: spec.ipFamilies[0]: found IPv5; expected IPv4 or IPv6, each at most once
            {ipFamilyPolicy: Dual, ports: [{port: 1}]}  | 5:24: spec.ipFamilyPolicy: found Dual; expected SingleStack, PreferDualStack or RequireDualStack
            {ipFamilyPolicy: SingleStack, ipFamilies: [IPv4, IPv6], ports: [{port: 1}]} | 5:24: spec.ipFamilyPolicy: found SingleStack; expected PreferDualStack or RequireDualStack, for two families are asked for
            {externalIPs: [1.2.3], ports: [{port: 1}]}  | 5:22: spec.externalIPs[0]: found 1.2.3; expected an IP address, such as 10.96.0.10 or fd00::10
            {publishNotReadyAddresses: 1, ports: [{port: 1}]} | 5:34: spec.publishNotReadyAddresses: found 1; expected true or false
            {selector: {app: 1}, ports: [{port: 1}]}    | 5:24: spec.selector.app: found 1; expected text, so write "1" in quotes
            {selector: cart, ports: [{port: 1}]}        | 5:18: spec.selector: found cart; expected a mapping of texts to texts
            {ports: [{port: 1}], ports: [{port: 2}]}    | 5:28: spec.ports: the key stands here twice; expected it once
            """)
    void anImpossibleServiceIsToldWithItsPlaceWhatStandsThereAndWhatMay(String spec, String expected) {
        int at = expected.indexOf(": ");
        String problem = rejected("""
                apiVersion: v1
                kind: Service
                metadata: {name: cart, namespace: shop}
                #
                spec: %s
                """.formatted(spec));
        String first = expected.substring(0, at) + ": Service shop/cart" + expected.substring(at);
        assertThat(problem).isEqualTo("shop.yaml:" + first);
    }

    @Test
    void allThatIsWrongWithAnObjectIsOneMessage() {
        assertThat(rejected("""
                apiVersion: v1
                kind: Service
                metadata: {name: Cart}
                spec:
                  ports:
                  - port: 0
                  - name: b
                    port: 99999
                """))
                .isEqualTo("shop.yaml:3:18: Service default/Cart: metadata.name: found Cart; expected a DNS label: "
                        + "1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends; "
                        + "line 6: spec.ports[0].name: found nothing; expected a DNS label: "
                        + "1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends; "
                        + "line 6: spec.ports[0].port: found 0; expected a whole number from 1 to 65535; "
                        + "line 8: spec.ports[1].port: found 99999; expected a whole number from 1 to 65535");
    }

    @Test
    void anEndpointSliceIsReadRowByRow() {
        var slice = ((OfSlice) only("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}
                addressType: IPv4
                ports: [{name: pg, port: 5432}, {name: any, port: null}]
                endpoints:
                - addresses: [10.0.0.1, 10.0.0.2]
                  hostname: db-0
                  targetRef: {kind: Pod, name: db-pod-0}
                - addresses: [10.0.0.3]
                  conditions: {ready: false, terminating: true}
                """)).slice();
        assertThat(slice.serviceName()).hasToString("shop/db");
        assertThat(slice.ports()).hasToString("[EndpointPort[name=pg, protocol=TCP, port=5432]]");
        assertThat(slice.endpoints()).hasToString("[10.0.0.1 db-0, 10.0.0.2 db-0, 10.0.0.3 not ready]");
        assertThat(slice.endpoints().podName(1)).isEqualTo("db-pod-0");
        assertThat(slice.endpoints().isServing(2)).isFalse();
        assertThat(slice.endpoints().isTerminating(2)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # slice                                                               | problem
            {addressType: FQDN}                                                   | addressType: found FQDN; expected IPv4 or IPv6
            {addressType: IPv6, endpoints: [{addresses: [10.0.0.1]}]}             | endpoints[0].addresses[0]: found 10.0.0.1; expected an address of IPv6, as addressType says
            {addressType: IPv4, endpoints: [{addresses: []}]}                     | endpoints[0].addresses: found nothing; expected at least one address
            {addressType: IPv4, endpoints: [{addresses: [a], hostname: b.c}]}     | endpoints[0].hostname: found b.c; expected a DNS label
            {addressType: IPv4, ports: [{port: 1}, {port: 2}]}                    | ports[1].name: found nothing; expected a name that no other port of the slice has
            """)
    void anImpossibleSliceIsToldField(String slice, String problem) {
        String rest = slice.substring(1, slice.length() - 1);
        assertThat(rejected("{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, %s}"
                        .formatted(rest)))
                .contains(problem);
    }

    @Test
    void aPodIsReadyUnlessItSaysOtherwise() {
        assertThat(life("phase: Running")).isEqualTo(Manifest.Life.READY);
        assertThat(life("conditions: [{type: Ready, status: 'False'}]")).isEqualTo(Manifest.Life.NOT_READY);
        assertThat(life("phase: Succeeded")).isEqualTo(Manifest.Life.ENDED);
        assertThat(life("phase: Failed")).isEqualTo(Manifest.Life.ENDED);
    }

    @Test
    void aPodsPortsAreThoseOfItsContainersAndSideCars() {
        var pod = (OfPod) only("""
                apiVersion: v1
                kind: Pod
                metadata: {name: web.0, deletionTimestamp: 2026-01-01T00:00:00Z}
                spec:
                  containers: [{ports: [{name: http, containerPort: 8080}, {containerPort: 1}]}]
                  initContainers:
                  - {restartPolicy: Always, ports: [{name: proxy, containerPort: 15001}]}
                  - {ports: [{name: setup, containerPort: 2}]}
                status: {podIP: 10.0.0.1}
                """);
        assertThat(pod.ports()).extracting(Manifest.ContainerPort::name).containsExactly("http", "proxy");
        assertThat(pod.ips()).containsExactly(IpAddress.of("10.0.0.1"));
        assertThat(pod.life()).isEqualTo(Manifest.Life.TERMINATING_READY);
    }

    @Test
    void listsAreReadToo() {
        var read = read("""
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: Namespace, metadata: {name: a}}
                - apiVersion: v1
                  kind: NamespaceList
                  items:
                  - metadata: {name: b}
                  - metadata: {name: c}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: d}}
                """);
        assertThat(read.objects())
                .extracting(Manifest::key)
                .hasToString("[Namespace a, Namespace b, Namespace c, Namespace d]");
        assertThat(read.rejected()).isEmpty();
    }

    @Test
    void otherKindsAreOnlyCountedThoughTheyHaveOurNames() {
        var read = read("""
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {a: 1, a: 2}}
                ---
                {apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: A}}
                ---
                {apiVersion: example.com/v1, kind: PriceList, spec: {}}
                """);
        assertThat(read.ignored()).hasToString("{Deployment=1, PriceList=1, Service=1}");
        assertThat(read.objects()).isEmpty();
        assertThat(read.rejected()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # document                                             | problem
            {kind: Service, metadata: {name: a}}                   | shop.yaml:1:1: this document: there is no apiVersion; expected a Kubernetes object with apiVersion and kind
            {replicas: 3}                                          | shop.yaml:1:1: this document: there is no kind; expected a Kubernetes object with apiVersion and kind
            {kind: Servic, apiVersion: v1}                         | shop.yaml:1:8: this object: kind: found Servic; expected a kind that v1 has, such as Service
            {kind: List, apiVersion: v1, items: }                  | shop.yaml:1:36: List: items: found nothing; expected a list, [] if it is empty
            text                                                   | shop.yaml:1:1: this document: found text; expected a mapping of field names to values
            {apiVersion: v2, kind: Service, metadata: {name: a}, spec: {clusterIP: None}} | shop.yaml:1:14: Service default/a: apiVersion: found v2; expected v1
            {apiVersion: v1, kind: Namespace}                      | shop.yaml:1:1: Namespace: metadata.name: found nothing; expected a DNS label: 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends
            {apiVersion: v1, kind: Namespace, metadata: {name: 1}} | shop.yaml:1:52: Namespace: metadata.name: found 1; expected text, so write "1" in quotes
            """)
    void aDocumentThatIsNoObjectIsTold(String document, String problem) {
        assertThat(rejected(document)).startsWith(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # text                      | problem
            a: [1, 2                    | shop.yaml:2:1: not YAML: expected ',' or ']', but got <stream end> while parsing a flow sequence
            a: b: c                     | shop.yaml:1:5: not YAML: mapping values are not allowed here
            name: {{ .Values.name }}-web| shop.yaml:1:25: not YAML
            """)
    void textThatIsNoYamlIsToldWithItsPlace(String text, String problem) {
        var read = ManifestReader.read("shop.yaml", octets(text + "\n"), SourceScope.DEFAULT);
        assertThat(read).asString().startsWith("Unreadable[problem=" + problem);
    }

    @Test
    void octetsThatAreNoUtf8AreToldWithTheirPlace() {
        var latin1 = "a: b\nc: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ManifestReader.read("shop.yaml", latin1, SourceScope.DEFAULT))
                .hasToString("Unreadable[problem=shop.yaml:2:7: found octets that are no UTF-8; "
                        + "expected text in UTF-8: save the file so]");
        var utf16 = "\uFEFFkind: Service".getBytes(StandardCharsets.UTF_16LE);
        assertThat(ManifestReader.read("shop.yaml", utf16, SourceScope.DEFAULT))
                .asString()
                .contains("1:1: found UTF-16");
    }

    @Test
    void anchorsAndMergesAreFollowed() {
        var service = (OfService) only("""
                apiVersion: v1
                kind: Service
                metadata: {name: cart}
                spec:
                  ports:
                  - &web {name: web, port: 80, targetPort: 8080}
                  - <<: *web
                    name: admin
                    port: 81
                """);
        assertThat(service.ports().get(1))
                .isEqualTo(new Port(new ServicePort("admin", Protocol.TCP, 81), new Target.ByNumber(8080)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&a [*a]",
                "{apiVersion: v1, kind: List, items: &a [{apiVersion: v1, kind: List, items: *a}]}",
                "{apiVersion: v1, kind: Service, metadata: &a {name: x, labels: *a}, spec: {<<: *a}}",
                "&a {<<: *a, kind: Service, apiVersion: v1}",
                "? [a]\n: b",
                "!!java.net.URL [\"http://localhost\"]",
                "\u0001"
            })
    void trickyTextEndsInAValue(String text) {
        assertThat(ManifestReader.read("shop.yaml", octets(text), WITH_POD_NAMES))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void anyMutationOfGoodTextGivesAValue(long seed) {
        var random = new Random(seed);
        var good = """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "cart"},
                 "spec": {"ports": [{"port": 80, "name": "a\\u0041"}]}}
                """.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2_000; round++) {
            var octets = good.clone();
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            assertThat(ManifestReader.read("shop.json", octets, SourceScope.DEFAULT))
                    .isNotNull();
            assertThat(ManifestReader.read("shop.yaml", octets, SourceScope.DEFAULT))
                    .isNotNull();
        }
    }

    private static Manifest.Life life(String status) {
        return ((OfPod) only("{apiVersion: v1, kind: Pod, metadata: {name: a}, status: {%s}}".formatted(status)))
                .life();
    }

    private static OfService service(String spec) {
        String inner = spec.startsWith("{") ? spec.substring(1, spec.length() - 1) : spec;
        return (OfService) only("{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {%s, ports: [{port: 1}]}}"
                .formatted(inner));
    }

    private static Manifest only(String text) {
        var read = read(text);
        assertThat(read.rejected()).isEmpty();
        return read.objects().getFirst();
    }

    private static String rejected(String text) {
        var read = read(text);
        assertThat(read.objects()).isEmpty();
        assertThat(read.rejected()).hasSize(1);
        return read.rejected().getFirst().problem().toString();
    }

    private static ManifestRead.Objects read(String text) {
        return (ManifestRead.Objects) ManifestReader.read("shop.yaml", octets(text), WITH_POD_NAMES);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
