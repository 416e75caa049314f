package io.waymark.testzones.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Dig;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ServiceImports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A zone of `multicluster` (KEP-1645) on a real API server, before and after the cluster set is
/// installed there.
class ClusterSetTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                ready 127.0.0.1:{$READY}
                kubernetes cluster.local clusterset.local {
                    kubeconfig {$KUBECONFIG}
                    multicluster clusterset.local
                }
            }
            """;
    private static final String ROLE = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: coredns-imports}
            rules:
              - {apiGroups: [multicluster.x-k8s.io], resources: [serviceimports], verbs: [list, watch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: coredns-imports}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: coredns-imports}
            subjects:
              - {kind: ServiceAccount, name: coredns, namespace: kube-system}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            """;
    private static final String IMPORTS = """
            apiVersion: multicluster.x-k8s.io/v1alpha1
            kind: ServiceImport
            metadata: {name: cart, namespace: shop}
            spec: {type: ClusterSetIP, ips: [10.112.0.10], ports: [{name: http, port: 80, protocol: TCP}]}
            ---
            apiVersion: multicluster.x-k8s.io/v1alpha1
            kind: ServiceImport
            metadata: {name: db, namespace: shop}
            spec: {type: Headless, ports: [{name: pg, port: 5432}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: db-east
              namespace: shop
              labels:
                multicluster.kubernetes.io/service-name: db
                multicluster.kubernetes.io/source-cluster: east
            addressType: IPv4
            ports: [{name: pg, port: 5432, protocol: TCP}]
            endpoints: [{addresses: [10.1.0.5], hostname: db-0, conditions: {ready: true}}]
            """;

    @Test
    void whatIsImportedHasNamesAsSoonAsItIsThere() {
        Peers.require("dig");
        try (var plane = ControlPlane.start()) {
            plane.api().applyFolder(Peers.root().resolve("k8s-manifests/dns"));
            plane.api().apply(ROLE);
            int port = Program.freePort();
            try (var waymark = start(plane, port).awaitReady()) {
                var dig = Dig.at(port);
                assertThat(dig.ask("shop.svc.clusterset.local", "A").said()).isEqualTo("NODATA");
                assertThat(dig.ask("cart.shop.svc.clusterset.local", "A").said())
                        .isEqualTo("NXDOMAIN");
                ServiceImports.define(plane.api());
                plane.api().apply(IMPORTS);
                await(waymark, dig, "cart.shop.svc.clusterset.local", "10.112.0.10");
                await(waymark, dig, "db-0.east.db.shop.svc.clusterset.local", "10.1.0.5");
                assertThat(dig.ask("_pg._tcp.db.shop.svc.clusterset.local", "SRV")
                                .said())
                        .isEqualTo("0 100 5432 db-0.east.db.shop.svc.clusterset.local.");
                assertThat(dig.ask("cart.shop.svc.cluster.local", "A").said()).isEqualTo("NXDOMAIN");
                plane.api().delete("/apis/multicluster.x-k8s.io/v1alpha1/namespaces/shop/serviceimports/cart");
                await(waymark, dig, "cart.shop.svc.clusterset.local", "NXDOMAIN");
            }
        }
    }

    private static void await(DnsProcess waymark, Dig dig, String name, String says) {
        Await.until(
                name + " says " + says,
                SOON,
                () -> dig.ask(name, "A").said().equals(says),
                () -> "it says " + dig.ask(name, "A").said() + "\n"
                        + waymark.program().logEnd());
    }

    private static DnsProcess start(ControlPlane plane, int port) {
        var environment = Map.of(
                "DNS", Integer.toString(port),
                "READY", Integer.toString(Program.freePort()),
                "KUBECONFIG", plane.corednsKubeconfig().toString());
        return DnsProcess.waymark(plane.folder(), COREFILE, environment, List.of());
    }
}
