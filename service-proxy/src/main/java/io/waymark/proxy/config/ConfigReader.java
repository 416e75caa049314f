package io.waymark.proxy.config;

import io.waymark.proxy.config.ModeSettings.IpvsTimeouts;
import io.waymark.proxy.config.ModeSettings.Masquerading;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.records.address.IpAddress;
import io.waymark.source.document.Complaints;
import io.waymark.source.document.DocumentProblem;
import io.waymark.source.document.DocumentText;
import io.waymark.source.document.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a `KubeProxyConfiguration`, v1alpha1: decodes, completes and checks it in one go.
public final class ConfigReader {
    static final String API_VERSION = "kubeproxy.config.k8s.io/v1alpha1";
    static final String KIND = "KubeProxyConfiguration";
    private static final int INT32_TOLD_MAX = 999_999_999;

    private final Section root;
    private final ProxyMode mode;

    private ConfigReader(Section root, ProxyMode mode) {
        this.root = root;
        this.mode = mode;
    }

    /// Reads the text of a file, where some flags hold beside it.
    /// @param flags by their names: `--hostname-override` and `-v`
    public static ConfigRead read(String file, byte[] octets, Map<String, String> flags) {
        return switch (read(file, octets)) {
            case ConfigRead.Failed failed -> failed;
            case ConfigRead.Sound(var config, var warnings) ->
                switch (FlagReader.read(flags)) {
                    case ConfigRead.Failed failed -> failed;
                    case ConfigRead.Sound(var beside, var none) ->
                        new ConfigRead.Sound(
                                config.with(
                                        flags.containsKey("--hostname-override")
                                                ? config.node()
                                                        .named(beside.node().hostnameOverride())
                                                : config.node(),
                                        flags.containsKey("-v")
                                                ? new LogSettings(
                                                        config.log().format(),
                                                        beside.log().verbosity())
                                                : config.log()),
                                warnings);
                };
        };
    }

    /// Reads the text of a file; `file` is how problems call it.
    public static ConfigRead read(String file, byte[] octets) {
        var complaints = new Complaints();
        var warnings = new ArrayList<DocumentProblem>();
        var configs = new ArrayList<ProxyConfig>();
        Optional<DocumentProblem> fault = DocumentText.read(file, octets, document -> {
            var root = new Section(Field.root(document, complaints));
            configs.add(document(root));
            warnings.addAll(gates(root.field("featureGates"), file));
            warnings.addAll(root.unknown(file));
        });
        if (fault.isPresent()) {
            return new ConfigRead.Failed(List.of(fault.get()));
        }
        if (configs.size() != 1) {
            String found = configs.isEmpty() ? "found no document" : "found " + configs.size() + " documents";
            return new ConfigRead.Failed(List.of(new DocumentProblem(file, 1, 1, found + "; expected one " + KIND)));
        }
        return complaints.isEmpty()
                ? new ConfigRead.Sound(configs.getFirst(), List.copyOf(warnings))
                : new ConfigRead.Failed(complaints.problems(file));
    }

    private static ProxyConfig document(Section root) {
        expect(root.field("apiVersion"), API_VERSION);
        expect(root.field("kind"), KIND);
        root.ignore("portRange", "winkernel", "windowsRunAsService", "showHiddenMetricsForVersion");
        var mode = root.field("mode");
        var parsed = ProxyMode.parse(mode.text());
        if (parsed.isEmpty()) {
            mode.complainAbout(mode.text(), ProxyMode.allowed());
        }
        return new ConfigReader(root, parsed.orElse(ProxyMode.DEFAULT)).config();
    }

    private static List<DocumentProblem> gates(Field gates, String file) {
        gates.names().forEach(name -> gates.child(name).flag(false));
        return gates.names().isEmpty()
                ? List.of()
                : List.of(gates.remark(file, "gates of kube-proxy have no effect here; the field can go"));
    }

    private static void expect(Field field, String value) {
        if (!field.text().equals(value)) {
            field.complainAbout(field.text(), value);
        }
    }

    private ProxyConfig config() {
        return new ProxyConfig(
                mode,
                new NodeIdentity(hostname(), bindAddress(), nodePortAddresses()),
                LocalTrafficReader.read(root),
                client(),
                serving(),
                new ModeSettings(iptables(), nftables(), ipvs()),
                conntrack(),
                root.integer("oomScoreAdj", ProxyConfig.OOM_SCORE_ADJ, -1000, 1000),
                log());
    }

    private LogSettings log() {
        var logging = root.section("logging");
        logging.ignore("flushFrequency", "options", "vmodule");
        var format = logging.field("format");
        var name = format.text(text -> text.equals("text") || text.equals("json"), "text or json");
        return new LogSettings(
                name.isEmpty() ? LogSettings.DEFAULT.format() : name,
                logging.integer("verbosity", 0, 0, INT32_TOLD_MAX));
    }

    private String hostname() {
        var field = root.field("hostnameOverride");
        var name = field.text();
        if (name.isBlank() && field.isGiven()) {
            field.complainAbout("blanks", "the name of this Node, or nothing for that of the host");
        }
        return name;
    }

    private IpAddress bindAddress() {
        var field = root.field("bindAddress");
        return (field.isGiven() ? field.address() : Optional.<IpAddress>empty()).orElse(IpAddress.of("0.0.0.0"));
    }

    private NodePortAddresses nodePortAddresses() {
        var field = root.field("nodePortAddresses");
        var items = field.items();
        if (items.isEmpty()) {
            return mode == ProxyMode.NFTABLES ? new NodePortAddresses.Primary() : new NodePortAddresses.All();
        }
        boolean primary = items.stream().anyMatch(item -> item.text().equals("primary"));
        if (primary && items.size() == 1) {
            return new NodePortAddresses.Primary();
        }
        if (primary) {
            field.complain("found primary beside prefixes; expected primary alone, or prefixes alone");
            return new NodePortAddresses.All();
        }
        return new NodePortAddresses.Inside(items.stream()
                .flatMap(item -> LocalTrafficReader.cidr(item, item.text()).stream())
                .toList());
    }

    /// Zero and nothing stand for the defaults.
    private ApiClient client() {
        var section = root.section("clientConnection");
        var contentType = section.field("contentType").text();
        double qps = section.field("qps").decimal().orElse(0);
        int burst = section.integer("burst", 0, 0, INT32_TOLD_MAX);
        return new ApiClient(
                section.text("kubeconfig", ApiClient.DEFAULT.kubeconfig()),
                section.text("acceptContentTypes", ApiClient.DEFAULT.acceptContentTypes()),
                contentType.isEmpty() ? ApiClient.DEFAULT.contentType() : contentType,
                qps == 0 ? ApiClient.DEFAULT.qps() : qps,
                burst == 0 ? ApiClient.DEFAULT.burst() : burst,
                root.period("configSyncPeriod", ApiClient.DEFAULT.syncPeriod()));
    }

    private Serving serving() {
        return new Serving(
                place(root.field("healthzBindAddress"), Serving.DEFAULT.healthz()),
                place(root.field("metricsBindAddress"), Serving.DEFAULT.metrics()),
                root.flag("bindAddressHardFail", false),
                root.flag("enableProfiling", false));
    }

    /// An address without a port has the default's.
    private static String place(Field field, String otherwise) {
        if (!field.isGiven()) {
            return otherwise;
        }
        var text = field.text();
        var port = otherwise.substring(otherwise.lastIndexOf(':'));
        var bare = IpAddress.parse(text);
        if (bare.isPresent()) {
            return (text.contains(":") ? "[" + text + "]" : text) + port;
        }
        if (!isPlace(text)) {
            field.complainAbout(text, "ADDRESS:PORT, such as " + otherwise + " or [::]" + port);
        }
        return text;
    }

    private static boolean isPlace(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return false;
        }
        var host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        var address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        return Integer.parseInt(text.substring(colon + 1)) <= 65_535
                && address.isPresent()
                && bracketed == host.contains(":");
    }

    /// kube-proxy has one `masqueradeAll` within: that of the section of the mode in use, where IPVS
    /// has that of `iptables`.
    private Masquerading masquerading(Section section, boolean inUse) {
        boolean all = section.flag("masqueradeAll", false);
        int anything = inUse ? 0 : Integer.MIN_VALUE;
        int bit =
                section.integer("masqueradeBit", Masquerading.DEFAULT.bit(), anything, inUse ? 31 : Integer.MAX_VALUE);
        return new Masquerading(bit, inUse && all);
    }

    /// Read and checked for the mode in use only, as by kube-proxy.
    private Pace pace(Section section, ProxyMode of) {
        if (mode != of) {
            section.ignore("syncPeriod", "minSyncPeriod");
            return Pace.OF_OTHER_MODES;
        }
        var pace = new Pace(
                section.period("syncPeriod", Pace.of(of).syncPeriod()),
                section.period("minSyncPeriod", Pace.of(of).minSyncPeriod()));
        if (pace.minSyncPeriod().compareTo(pace.syncPeriod()) > 0) {
            section.field("syncPeriod")
                    .complain("it is less than minSyncPeriod; expected at least as much: raise it, or lower the other");
        }
        return pace;
    }

    private ModeSettings.Iptables iptables() {
        var section = root.section("iptables");
        return new ModeSettings.Iptables(
                masquerading(section, mode != ProxyMode.NFTABLES),
                section.flag("localhostNodePorts", true),
                pace(section, ProxyMode.IPTABLES));
    }

    private ModeSettings.Nftables nftables() {
        var section = root.section("nftables");
        return new ModeSettings.Nftables(
                masquerading(section, mode == ProxyMode.NFTABLES), pace(section, ProxyMode.NFTABLES));
    }

    private ModeSettings.Ipvs ipvs() {
        var section = root.section("ipvs");
        var excluded = section.field("excludeCIDRs").items().stream()
                .flatMap(item -> LocalTrafficReader.cidr(item, item.text()).stream())
                .toList();
        var none = IpvsTimeouts.AS_THEY_ARE;
        return new ModeSettings.Ipvs(
                section.text("scheduler", ""),
                excluded,
                section.flag("strictARP", false),
                new IpvsTimeouts(
                        section.duration("tcpTimeout", none.tcp()),
                        section.duration("tcpFinTimeout", none.tcpFin()),
                        section.duration("udpTimeout", none.udp())),
                pace(section, ProxyMode.IPVS));
    }

    private ConntrackSettings conntrack() {
        var section = root.section("conntrack");
        var otherwise = ConntrackSettings.DEFAULT;
        return new ConntrackSettings(
                section.integer("maxPerCore", otherwise.maxPerCore(), 0, INT32_TOLD_MAX),
                section.integer("min", otherwise.min(), 0, INT32_TOLD_MAX),
                section.duration("tcpEstablishedTimeout", otherwise.tcpEstablishedTimeout()),
                section.duration("tcpCloseWaitTimeout", otherwise.tcpCloseWaitTimeout()),
                section.flag("tcpBeLiberal", otherwise.tcpBeLiberal()),
                section.duration("udpTimeout", otherwise.udpTimeout()),
                section.duration("udpStreamTimeout", otherwise.udpStreamTimeout()));
    }
}
