package io.waymark.source.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Service;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import org.junit.jupiter.api.Test;

/// What a cluster adds to manifests by itself, and what it would not have.
class ClusterPlanTest {
    private static final String PODS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web-1, labels: {app: web, tier: front}}
            spec:
              hostname: one
              subdomain: web
              nodeName: node-a
              containers: [{ports: [{name: http, containerPort: 8080}]}]
            status: {podIPs: [{ip: 10.244.0.2}, {ip: 'fd00:244::2'}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web-0, labels: {app: web, tier: front}}
            spec:
              containers: [{ports: [{name: http, containerPort: 80}, {name: admin, containerPort: 9}]}]
            status: {podIP: 10.244.0.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: late, labels: {app: web}}
            status: {podIP: 10.244.0.3, conditions: [{type: Ready, status: 'False'}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: other, namespace: shop, labels: {app: web}}
            status: {podIP: 10.244.0.4}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: done, labels: {app: web}}
            status: {podIP: 10.244.0.5, phase: Succeeded}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: pending, labels: {app: web}}
            ---
            """;

    @Test
    void aSelectorGivesEndpointsOfPodsWithAnAddress() {
        var plan = PlanText.plan(PODS + service("web", "{selector: {app: web}, clusterIP: None, ports: [{port: 80}]}"));
        assertThat(PlanText.of(plan))
                .containsExactly(
                        "service default/web headless =80/TCP",
                        "slice default/web-ipv4-80 of web =80/TCP [10.244.0.3 not ready, 10.244.0.1, 10.244.0.2 one]");
        assertThat(plan.additions().selected()).isEqualTo(1);
    }

    @Test
    void allLabelsOfASelectorMustBeThere() {
        var plan = PlanText.plan(
                PODS + service("web", "{selector: {app: web, tier: front}, clusterIP: None, ports: [{port: 80}]}"));
        assertThat(PlanText.of(plan).getLast()).endsWith("[10.244.0.1, 10.244.0.2 one]");
    }

    @Test
    void publishedNotReadyAddressesAreReady() {
        var plan = PlanText.plan(
                PODS + service("web", "{selector: {app: web}, clusterIP: None, publishNotReadyAddresses: true}"));
        assertThat(PlanText.of(plan).getLast())
                .isEqualTo("slice default/web-ipv4 of web [10.244.0.3, 10.244.0.1, 10.244.0.2 one]");
    }

    @Test
    void aNamedTargetPortIsLookedUpInEachPod() {
        var plan = PlanText.plan(PODS + service("web", """
                        {selector: {tier: front}, clusterIP: None, ports: [
                          {name: http, port: 80, targetPort: http}, {name: admin, port: 81, targetPort: admin}]}
                        """));
        assertThat(PlanText.of(plan))
                .contains(
                        "slice default/web-ipv4-http80-admin9 of web http=80/TCP admin=9/TCP [10.244.0.1]",
                        "slice default/web-ipv4-http8080 of web http=8080/TCP [10.244.0.2 one]");
    }

    @Test
    void dualStackGivesSlicesOfBothFamilies() {
        var plan = PlanText.plan(PODS + service("web", """
                        {selector: {app: web}, clusterIP: None, ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}
                        """));
        assertThat(PlanText.of(plan).getLast()).isEqualTo("slice default/web-ipv6-80 of web =80/TCP [fd00:244::2 one]");
    }

    @Test
    void slicesMadeByHandTakeThePlaceOfPods() {
        var plan = PlanText.plan(
                PODS + service("web", "{selector: {app: web}, clusterIP: None, ports: [{port: 80}]}") + """

                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: mine, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                endpoints: [{addresses: [10.9.9.9]}]
                """);
        assertThat(PlanText.of(plan))
                .containsExactly("service default/web headless =80/TCP", "slice default/mine of web [10.9.9.9]");
    }

    @Test
    void aSliceOfNoServiceIsNotKept() {
        var plan = PlanText.plan("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: mine}
                addressType: IPv4
                """);
        assertThat(plan.slices()).isEmpty();
    }

    @Test
    void theApiServersServiceAndTheNamespacesOfObjectsExist() {
        var plan = PlanText.plan("""
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: a, namespace: stage}, spec: {clusterIP: None}}
                ---
                {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: batch}}
                """);
        assertThat(PlanText.of(plan.services().get(ClusterPlan.KUBERNETES)))
                .isEqualTo("service default/kubernetes 10.96.0.1 https=443/TCP");
        assertThat(plan.namespaces().keySet()).containsExactly("batch", "default", "shop", "stage");
        assertThat(plan.additions().namespaces()).containsExactly("batch", "default", "stage");
    }

    @Test
    void theApiServersServiceIsNotAddedToItsManifest() {
        var plan = PlanText.plan(service("kubernetes", "{clusterIP: 10.43.0.1, ports: [{name: https, port: 443}]}"));
        assertThat(PlanText.of(plan.services().get(ClusterPlan.KUBERNETES)))
                .isEqualTo("service default/kubernetes 10.43.0.1 https=443/TCP");
        assertThat(plan.additions().kubernetes()).isFalse();
    }

    @Test
    void aServiceKeepsItsAddressWhateverElseComes() {
        var web = service("web", "{ipFamilyPolicy: PreferDualStack, ports: [{port: 80}]}");
        var alone = PlanText.plan(web);
        var crowd = new StringBuilder(web);
        for (int i = 0; i < 200; i++) {
            crowd.insert(0, "\n---\n").insert(0, service("a" + i, "{ports: [{port: 80}]}"));
        }
        var name = new NamespacedName("default", "web");
        assertThat(PlanText.plan(crowd.toString()).services().get(name))
                .satisfies(service -> assertThat(PlanText.of(service))
                        .isEqualTo(PlanText.of(alone.services().get(name))));
        assertThat(alone.additions().addressed()).isEqualTo(1);
    }

    @Test
    void anAddressThatIsClaimedIsNotGiven() {
        var web = service("web", "{ports: [{port: 80}]}");
        var name = new NamespacedName("default", "web");
        var given = ((Service.ClusterIp) PlanText.plan(web).services().get(name))
                .clusterIps()
                .getFirst();
        var claim = service("zoo", "{clusterIP: %s, ports: [{port: 80}]}".formatted(given));
        var plan = PlanText.plan(web + "\n---\n" + claim);
        assertThat(((Service.ClusterIp) plan.services().get(name)).clusterIps()).doesNotContain(given);
        assertThat(((Service.ClusterIp) plan.services().get(new NamespacedName("default", "zoo"))).clusterIps())
                .containsExactly(given);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void theMissingFamilyOfADualStackServiceIsGiven() {
        var plan = PlanText.plan(
                service("web", "{clusterIP: 'fd00::9', ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]}"));
        var web = (Service.ClusterIp) plan.services().get(new NamespacedName("default", "web"));
        assertThat(web.clusterIps().getFirst()).isEqualTo(IpAddress.of("fd00::9"));
        assertThat(DirectoryConfig.DEFAULT.ipv4Range().contains(web.clusterIps().getLast()))
                .isTrue();
    }

    @Test
    void twoServicesWithOneAddressCannotBe() {
        var plan = PlanText.plan(service("a", "{clusterIP: 10.96.1.1, ports: [{port: 80}]}") + "\n---\n"
                + service("b", "{clusterIP: 10.96.1.1, ports: [{port: 80}]}"));
        assertThat(PlanText.of(plan)).containsExactly("service default/a 10.96.1.1 =80/TCP");
        assertThat(plan.warnings())
                .containsExactly("a.yaml:3: Service default/b: spec.clusterIP: found 10.96.1.1, which "
                        + "Service default/a (a.yaml:1) has; expected an address of its own; it is left out");
    }

    @Test
    void ofTwoManifestsForOneObjectTheLaterCounts() {
        var plan = PlanText.plan(service("a", "{clusterIP: 10.96.1.1, ports: [{port: 80}]}") + "\n---\n"
                + service("a", "{clusterIP: 10.96.1.2, ports: [{port: 80}]}"));
        assertThat(PlanText.of(plan)).containsExactly("service default/a 10.96.1.2 =80/TCP");
        assertThat(plan.warnings())
                .containsExactly("a.yaml:3: Service default/a is also in a.yaml:1; expected it once: "
                        + "this one counts, remove one of them");
    }

    @Test
    void labelsDoNotChangeWhichAddressesAreGiven() {
        var web =
                "{apiVersion: v1, kind: Service, metadata: {name: web, labels: {team: red}}, spec: {ports: [{port: 80}]}}";
        var all = web + "\n---\n" + service("other", "{ports: [{port: 80}]}");
        var red = new SourceScope(
                true, false, false, LabelSelector.parse("team=red").orElseThrow(), LabelSelector.ALL);
        assertThat(PlanText.of(PlanText.plan(all, red)))
                .containsExactly(PlanText.of(PlanText.plan(all)).getLast());
    }

    @Test
    void podsKeepTheirNamesInEndpointsWhereThatIsAskedFor() {
        var scope = new SourceScope(true, false, true, LabelSelector.ALL, LabelSelector.ALL);
        var plan = PlanText.plan(
                PODS + service("web", "{selector: {tier: front}, clusterIP: None, ports: [{port: 80}]}"), scope);
        var slice = plan.slices().values().iterator().next();
        assertThat(slice.endpoints().podName(0)).isEqualTo("web-0");
        assertThat(slice.endpoints().nodeName(1)).isEqualTo("node-a");
    }

    @Test
    void aClusterSetHasNothingOfTheManifestsButTheirNamespaces() {
        var scope = new SourceScope(Reach.CLUSTER_SET, true, true, false, LabelSelector.ALL, LabelSelector.ALL);
        var plan = PlanText.plan(PODS + service("web", "{selector: {tier: front}, ports: [{port: 80}]}"), scope);
        assertThat(plan.services()).isEmpty();
        assertThat(plan.slices()).isEmpty();
        assertThat(plan.pods()).isEmpty();
        assertThat(plan.namespaces()).containsKey("default");
        assertThat(plan.warnings()).singleElement().asString().contains("ServiceImports");
    }

    private static String service(String name, String spec) {
        return "{apiVersion: v1, kind: Service, metadata: {name: %s}, spec: %s}".formatted(name, spec.strip());
    }
}
