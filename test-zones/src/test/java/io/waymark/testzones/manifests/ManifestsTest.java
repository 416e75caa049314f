package io.waymark.testzones.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The manifests, object by object: what the API server says to them, and what everybody else who
/// knows CoreDNS' or kube-dns' objects by name, label or port finds in them.
class ManifestsTest {
    private static final List<String> FOLDERS = List.of(
            "dns",
            "kube-dns",
            "proxy",
            "autoscaler",
            "hpa",
            "overlays/hpa-queries",
            "overlays/kubeadm",
            "overlays/kube-dns",
            "overlays/kubeadm-proxy",
            "overlays/node-local");
    private static final Map<String, Kustomization> BUILT = new HashMap<>();

    private static Kustomization built(String folder) {
        return BUILT.computeIfAbsent(folder, Kustomization::build);
    }

    @Test
    void eachObjectIsAcceptedByARealApiServerUnderStrictValidation() {
        try (var plane = ControlPlane.start()) {
            for (var folder : FOLDERS) {
                for (var object : built(folder).objects()) {
                    plane.api().apply(object);
                }
            }
            for (var pod : List.of(
                    "deployments/coredns",
                    "deployments/kube-dns",
                    "daemonsets/node-local-dns",
                    "daemonsets/kube-proxy")) {
                plane.api().get("/apis/apps/v1/namespaces/kube-system/" + pod);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # folder            | objects
            overlays/kubeadm    | Deployment/coredns PodDisruptionBudget/coredns
            overlays/kubeadm-proxy | DaemonSet/kube-proxy
            overlays/kube-dns   | ClusterRole/waymark:kube-dns ClusterRoleBinding/waymark:kube-dns Deployment/kube-dns PodDisruptionBudget/kube-dns
            """)
    void inARunningClusterNothingElseIsTouched(String folder, String objects) {
        assertThat(built(folder).names()).containsExactly(objects.split(" "));
    }

    @Test
    void eachFileIsPartOfItsFolderAndHoldsOneObject() throws IOException {
        for (var folder : List.of("dns", "kube-dns", "proxy", "autoscaler", "hpa", "overlays/node-local")) {
            try (Stream<Path> files = Files.list(Peers.root().resolve("k8s-manifests/" + folder))) {
                long count = files.filter(file -> !file.endsWith("kustomization.yaml"))
                        .count();
                assertThat(built(folder).objects()).as(folder).hasSize((int) count);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2} is {3}: {4}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            # folder | object | field | value | who looks for it, or why
            dns | Deployment/coredns | metadata.namespace | kube-system | kubeadm, the autoscaler
            dns | Deployment/coredns | metadata.labels.k8s-app | kube-dns | kubeadm upgrade lists Deployments by it
            dns | Deployment/coredns | spec.selector.matchLabels | {k8s-app=kube-dns} | it cannot be changed in a running cluster
            dns | Deployment/coredns | spec.template.metadata.labels.k8s-app | kube-dns | the end-to-end tests find Pods by it
            dns | Deployment/coredns | spec.replicas | 2 | kubeadm
            dns | Deployment/coredns | spec.strategy.rollingUpdate.maxUnavailable | 1 | one goes on answering
            dns | Deployment/coredns | spec.template.spec.priorityClassName | system-cluster-critical | it is scheduled before others
            dns | Deployment/coredns | spec.template.spec.serviceAccountName | coredns | kubeadm
            dns | Deployment/coredns | spec.template.spec.dnsPolicy | Default | it must not ask itself
            dns | Deployment/coredns | spec.template.spec.nodeSelector | {kubernetes.io/os=linux} | kubeadm
            dns | Deployment/coredns | spec.template.spec.tolerations[key=CriticalAddonsOnly].operator | Exists | kubeadm
            dns | Deployment/coredns | spec.template.spec.tolerations[key=node-role.kubernetes.io/control-plane].effect | NoSchedule | the first node of a cluster
            dns | Deployment/coredns | spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.topologyKey | kubernetes.io/hostname | replicas on different nodes
            dns | Deployment/coredns | spec.template.spec.topologySpreadConstraints[topologyKey=topology.kubernetes.io/zone].whenUnsatisfiable | ScheduleAnyway | and zones, if there are any
            dns | Deployment/coredns | spec.template.spec.terminationGracePeriodSeconds | 30 | longer than lameduck and draining together
            dns | Deployment/coredns | spec.template.spec.securityContext.runAsNonRoot | true | the Pod security standards
            dns | Deployment/coredns | spec.template.spec.securityContext.seccompProfile.type | RuntimeDefault | the same
            dns | Deployment/coredns | spec.template.spec.containers[0].name | coredns | kubectl set image, kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].args | [-conf /etc/coredns/Corefile] | CoreDNS' own
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].ports[name=dns].containerPort | 53 | the Service
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].ports[name=dns].protocol | UDP | the Service
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].ports[name=dns-tcp].containerPort | 53 | the Service
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].ports[name=metrics].containerPort | 9153 | scrapes of Pods
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].livenessProbe.httpGet.path | /health | kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].livenessProbe.httpGet.port | liveness-probe | 8080 by its name
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].livenessProbe.initialDelaySeconds | 60 | kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].livenessProbe.timeoutSeconds | 5 | kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].livenessProbe.failureThreshold | 5 | kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].readinessProbe.httpGet.path | /ready | kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].readinessProbe.httpGet.port | readiness-probe | 8181 by its name
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].ports[name=liveness-probe].containerPort | 8080 | kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].ports[name=readiness-probe].containerPort | 8181 | kubeadm
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].resources.requests | {cpu=100m, memory=70Mi} | the box that users know
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].resources.limits | {memory=170Mi} | no limit of CPU: throttling is latency
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].securityContext.capabilities.add | [NET_BIND_SERVICE] | port 53
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].securityContext.capabilities.drop | [ALL] | and no more
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].securityContext.readOnlyRootFilesystem | true | the Pod security standards
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].securityContext.allowPrivilegeEscalation | false | the same
            dns | Deployment/coredns | spec.template.spec.containers[name=coredns].volumeMounts[name=config-volume].mountPath | /etc/coredns | kubeadm
            dns | Deployment/coredns | spec.template.spec.volumes[name=config-volume].configMap.name | coredns | kubeadm
            dns | Deployment/coredns | spec.template.spec.volumes[name=config-volume].configMap.items[key=Corefile].path | Corefile | kubeadm
            dns | PodDisruptionBudget/coredns | spec.maxUnavailable | 1 | nodes are emptied one replica at a time
            dns | Service/kube-dns | metadata.namespace | kube-system | kubectl cluster-info
            dns | Service/kube-dns | metadata.labels.k8s-app | kube-dns | service monitors
            dns | Service/kube-dns | metadata.labels.kubernetes\\.io/cluster-service | true | kubectl cluster-info
            dns | Service/kube-dns | metadata.labels.kubernetes\\.io/name | CoreDNS | kubectl cluster-info
            dns | Service/kube-dns | metadata.annotations.prometheus\\.io/scrape | true | Prometheus
            dns | Service/kube-dns | metadata.annotations.prometheus\\.io/port | 9153 | Prometheus
            dns | Service/kube-dns | spec.selector | {k8s-app=kube-dns} | the Pods of the old and the new Deployment
            dns | Service/kube-dns | spec.clusterIP | 10.96.0.10 | the tenth address of kubeadm's Service range
            dns | Service/kube-dns | spec.ports[name=dns].protocol | UDP | SRV records, the end-to-end tests
            dns | Service/kube-dns | spec.ports[name=dns].port | 53 | kubelets
            dns | Service/kube-dns | spec.ports[name=dns-tcp].protocol | TCP | resolvers, after TC
            dns | Service/kube-dns | spec.ports[name=metrics].port | 9153 | service monitors
            dns | ConfigMap/coredns | metadata.namespace | kube-system | kubeadm, the end-to-end tests
            dns | ServiceAccount/coredns | metadata.namespace | kube-system | kubeadm
            dns | ClusterRole/system:coredns | rules[0].resources | [endpoints services pods namespaces] | kubeadm
            dns | ClusterRole/system:coredns | rules[0].verbs | [list watch] | nothing is changed
            dns | ClusterRole/system:coredns | rules[1].resources | [endpointslices] | kubeadm
            dns | ClusterRole/system:coredns | rules[1].verbs | [list watch] | nothing is changed
            dns | ClusterRoleBinding/system:coredns | subjects[0].name | coredns | kubeadm
            proxy | DaemonSet/kube-proxy | metadata.namespace | kube-system | kubeadm
            proxy | DaemonSet/kube-proxy | metadata.labels.k8s-app | kube-proxy | kubeadm upgrade, those who watch nodes
            proxy | DaemonSet/kube-proxy | spec.selector.matchLabels | {k8s-app=kube-proxy} | it cannot be changed in a running cluster
            proxy | DaemonSet/kube-proxy | spec.updateStrategy.type | RollingUpdate | kubeadm
            proxy | DaemonSet/kube-proxy | spec.template.spec.hostNetwork | true | the rules are the node's
            proxy | DaemonSet/kube-proxy | spec.template.spec.priorityClassName | system-node-critical | every Pod of the node needs it
            proxy | DaemonSet/kube-proxy | spec.template.spec.serviceAccountName | kube-proxy | kubeadm
            proxy | DaemonSet/kube-proxy | spec.template.spec.tolerations[0].operator | Exists | every node
            proxy | DaemonSet/kube-proxy | spec.template.spec.nodeSelector | {kubernetes.io/os=linux} | kubeadm
            proxy | DaemonSet/kube-proxy | spec.template.spec.containers[0].name | kube-proxy | kubectl set image, kubeadm
            proxy | DaemonSet/kube-proxy | spec.template.spec.containers[name=kube-proxy].args | [--config=/var/lib/kube-proxy/config.conf --hostname-override=$(NODE_NAME)] | kubeadm
            proxy | DaemonSet/kube-proxy | spec.template.spec.containers[name=kube-proxy].env[name=NODE_NAME].valueFrom.fieldRef.fieldPath | spec.nodeName | kubeadm
            proxy | DaemonSet/kube-proxy | spec.template.spec.containers[name=kube-proxy].securityContext.capabilities.add | [NET_ADMIN NET_RAW SYS_RESOURCE] | and no more
            proxy | DaemonSet/kube-proxy | spec.template.spec.initContainers[name=init].securityContext.privileged | true | sysctls
            proxy | DaemonSet/kube-proxy | spec.template.spec.containers[name=kube-proxy].livenessProbe.httpGet.path | /livez | it does not count that the node leaves
            proxy | DaemonSet/kube-proxy | spec.template.spec.containers[name=kube-proxy].ports[name=metrics].containerPort | 10249 | scrapes of nodes
            proxy | DaemonSet/kube-proxy | spec.template.spec.volumes[name=kube-proxy].configMap.name | kube-proxy | kubeadm
            proxy | DaemonSet/kube-proxy | spec.template.spec.volumes[name=xtables-lock].hostPath.type | FileOrCreate | other users of iptables
            proxy | ConfigMap/kube-proxy | metadata.labels.app | kube-proxy | kubeadm
            proxy | ServiceAccount/kube-proxy | metadata.namespace | kube-system | kubeadm
            proxy | ClusterRoleBinding/kubeadm:node-proxier | roleRef.name | system:node-proxier | the API server makes that role
            proxy | ClusterRoleBinding/kubeadm:node-proxier | subjects[0].name | kube-proxy | kubeadm
            overlays/kubeadm | Deployment/coredns | spec.template.spec.containers[0].image | waymark:0.1.0 | kubeadm reads a version behind the colon
            kube-dns | Deployment/kube-dns | metadata.labels.k8s-app | kube-dns | the autoscaler, the end-to-end tests
            kube-dns | Deployment/kube-dns | spec.replicas | - | the autoscaler says it
            kube-dns | Deployment/kube-dns | spec.selector.matchLabels | {k8s-app=kube-dns} | it cannot be changed in a running cluster
            kube-dns | Deployment/kube-dns | spec.template.spec.dnsPolicy | Default | it must not ask itself
            kube-dns | Deployment/kube-dns | spec.template.spec.serviceAccountName | kube-dns | kube-dns
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].ports[name=dns].containerPort | 53 | dnsmasq's, the Service
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].ports[name=dns-local].containerPort | 10053 | the end-to-end tests ask there
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].ports[name=dns-tcp-local].containerPort | 10053 | the same
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].ports[name=metrics].containerPort | 10055 | scrapes of Pods
            kube-dns | Deployment/kube-dns | spec.template.metadata.annotations.prometheus\\.io/port | 10055 | Prometheus
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].livenessProbe.httpGet.path | /healthcheck/kubedns | kube-dns
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].livenessProbe.httpGet.port | 10054 | the sidecar's
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].readinessProbe.httpGet.path | /readiness | kube-dns
            kube-dns | Deployment/kube-dns | spec.template.spec.containers[name=kubedns].readinessProbe.httpGet.port | 8081 | kube-dns
            kube-dns | Deployment/kube-dns | spec.template.spec.volumes[name=kube-dns-config].configMap | {name=kube-dns, optional=true} | stub domains stay where they are
            kube-dns | Service/kube-dns | metadata.labels.kubernetes\\.io/name | KubeDNS | kubectl cluster-info
            kube-dns | Service/kube-dns | spec.ports[name=dns-tcp].port | 53 | resolvers, after TC
            kube-dns | PodDisruptionBudget/kube-dns | spec.maxUnavailable | 1 | nodes are emptied one replica at a time
            autoscaler | Deployment/kube-dns-autoscaler | spec.template.spec.containers[0].args[2] | --target=deployment/coredns | the Deployment's name
            autoscaler | ClusterRole/system:kube-dns-autoscaler | rules[1].resources | [deployments/scale] | it sets the number of replicas
            hpa | HorizontalPodAutoscaler/coredns | spec.scaleTargetRef.name | coredns | the Deployment's name
            hpa | HorizontalPodAutoscaler/coredns | spec.minReplicas | 2 | one node may go
            hpa | HorizontalPodAutoscaler/coredns | spec.metrics[type=Resource].resource.name | cpu | every cluster with a metrics server has it
            overlays/hpa-queries | HorizontalPodAutoscaler/coredns | spec.metrics[type=Pods].pods.metric.name | coredns_dns_requests_per_second | the adapter's name for queries
            overlays/node-local | DaemonSet/node-local-dns | metadata.labels.k8s-app | node-local-dns | those who watch NodeLocal DNSCache
            overlays/node-local | DaemonSet/node-local-dns | spec.template.spec.hostNetwork | true | the addresses are the node's
            overlays/node-local | DaemonSet/node-local-dns | spec.template.spec.dnsPolicy | Default | it must not ask itself
            overlays/node-local | DaemonSet/node-local-dns | spec.template.spec.priorityClassName | system-node-critical | every Pod of the node needs it
            overlays/node-local | DaemonSet/node-local-dns | spec.updateStrategy.rollingUpdate.maxUnavailable | 10% | some nodes at a time
            overlays/node-local | DaemonSet/node-local-dns | spec.template.spec.containers[0].livenessProbe.httpGet.host | 169.254.20.10 | it listens there only
            overlays/node-local | DaemonSet/node-local-dns | spec.template.metadata.annotations.prometheus\\.io/port | 9253 | Prometheus
            overlays/node-local | Service/kube-dns-upstream | spec.selector | {k8s-app=kube-dns} | the cluster's DNS, not the cache
            overlays/node-local | Service/node-local-dns | spec.clusterIP | None | each node's cache is scraped
            overlays/node-local | ServiceAccount/node-local-dns | metadata.namespace | kube-system | NodeLocal DNSCache
            """)
    void whoeverLooksForItFindsIt(String folder, String object, String field, String value, String because) {
        assertThat(FieldPath.read(built(folder).object(object), field))
                .as(because)
                .isEqualTo(value);
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({"dns, ConfigMap/coredns", "overlays/node-local, ConfigMap/node-local-dns"})
    void theCorefileOfAConfigMapIsOneThatIsServed(String folder, String object) throws IOException {
        try (var scratch = new ScratchFolder("corefile")) {
            var file = scratch.path().resolve("Corefile");
            Files.writeString(file, FieldPath.read(built(folder).object(object), "data.Corefile"));
            var command = List.of(Peers.root().resolve("waymark").toString(), "check-config", file.toString());
            var environment = Map.of("KUBE_DNS_UPSTREAM_SERVICE_HOST", "10.96.0.11");
            try (var check = Program.start("check-config", scratch.path().resolve("log"), environment, command)) {
                assertThat(check.exitCode(Duration.ofSeconds(60)))
                        .as(check.log())
                        .isZero();
            }
        }
    }

    @Test
    void noImageButTheAutoscalersIsOfSomebodyElse() {
        var images = new TreeSet<String>();
        for (var folder : FOLDERS) {
            for (var object : built(folder).objects()) {
                for (var kind : List.of("containers", "initContainers")) {
                    images.add(FieldPath.read(object, "spec.template.spec." + kind + "[0].image"));
                }
            }
        }
        images.remove("-");
        assertThat(images)
                .containsExactly("registry.k8s.io/cpa/cluster-proportional-autoscaler:v1.8.9", "waymark:0.1.0");
    }
}
