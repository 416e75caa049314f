package io.waymark.proxy.iptables.chains;

import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.ServicePortKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Set;

/// The names of kube-proxy's chains. Those of a Service port end in a hash of the port, sixteen
/// letters and digits; other programs find them by these names, so they never change.
public final class ChainNames {
    public static final String SERVICES = "KUBE-SERVICES";
    public static final String NODE_PORTS = "KUBE-NODEPORTS";
    public static final String POSTROUTING = "KUBE-POSTROUTING";
    public static final String MARK_MASQ = "KUBE-MARK-MASQ";
    public static final String EXTERNAL_SERVICES = "KUBE-EXTERNAL-SERVICES";
    public static final String FORWARD = "KUBE-FORWARD";
    public static final String PROXY_FIREWALL = "KUBE-PROXY-FIREWALL";
    /// The kubelet's too: both write the same rule.
    public static final String FIREWALL = "KUBE-FIREWALL";
    /// An empty chain in each table: where it is gone, somebody has flushed the table.
    public static final String CANARY = "KUBE-PROXY-CANARY";

    private static final String SERVICE = "KUBE-SVC-";
    private static final String LOCAL = "KUBE-SVL-";
    private static final String EXTERNAL = "KUBE-EXT-";
    private static final String SOURCES = "KUBE-FW-";
    private static final String ENDPOINT = "KUBE-SEP-";
    private static final Set<String> PREFIXES = Set.of(SERVICE, LOCAL, EXTERNAL, SOURCES, ENDPOINT);

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int HASH_LENGTH = 16;

    private static final Set<ChainId> PROXY = Set.of(
            ChainId.nat(SERVICES),
            ChainId.nat(NODE_PORTS),
            ChainId.nat(POSTROUTING),
            ChainId.nat(MARK_MASQ),
            ChainId.nat(CANARY),
            ChainId.filter(SERVICES),
            ChainId.filter(EXTERNAL_SERVICES),
            ChainId.filter(FORWARD),
            ChainId.filter(NODE_PORTS),
            ChainId.filter(PROXY_FIREWALL),
            ChainId.filter(CANARY),
            new ChainId(Table.MANGLE, CANARY));
    private static final Set<String> KUBELET = Set.of("KUBE-IPTABLES-HINT", "KUBE-KUBELET-CANARY");

    private ChainNames() {}

    /// Balances over the endpoints for clients under the policy Cluster.
    public static String service(ServicePortKey key) {
        return SERVICE + hash(key, "");
    }

    /// Balances over those on this node.
    public static String local(ServicePortKey key) {
        return LOCAL + hash(key, "");
    }

    /// Decides what packets to external addresses and node ports get.
    public static String external(ServicePortKey key) {
        return EXTERNAL + hash(key, "");
    }

    /// Lets the admitted sources of load balancer addresses pass.
    public static String sources(ServicePortKey key) {
        return SOURCES + hash(key, "");
    }

    /// Sends to one endpoint.
    public static String endpoint(ServicePortKey key, Backend backend) {
        return ENDPOINT + hash(key, backend.toString());
    }

    /// Whether a chain is one of a Service port, by its name.
    public static boolean isOfService(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith);
    }

    /// Whether a chain is one that the proxy has whatever Services there are.
    public static boolean isOfProxy(ChainId chain) {
        return PROXY.contains(chain);
    }

    /// Whether a chain tells that the kubelet writes to these tables: it keeps one for others to see that.
    public static boolean isOfKubelet(ChainId chain) {
        return KUBELET.contains(chain.name());
    }

    private static String hash(ServicePortKey key, String rest) {
        var text = key.text() + key.protocol().name().toLowerCase(Locale.ROOT) + rest;
        var digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        var hash = new StringBuilder(HASH_LENGTH);
        for (int bit = 0; bit < HASH_LENGTH * 5; bit += 5) {
            int pair = (digest[bit / 8] & 0xff) << 8 | digest[bit / 8 + 1] & 0xff;
            hash.append(BASE32.charAt(pair >>> 11 - bit % 8 & 31));
        }
        return hash.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
