package io.waymark.dns.plugin.kubernetes;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.plugin.kubernetes.KubernetesStage.Answers;
import io.waymark.dns.plugin.kubernetes.KubernetesStage.ApiLimits;
import io.waymark.dns.plugin.kubernetes.KubernetesStage.Scope;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.name.DomainName;
import io.waymark.records.zone.PodMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a [KubernetesStage]; options as CoreDNS 1.15 has them.
public final class KubernetesReader {
    private static final ValueKind<URI> URL = new ValueKind<>(
            "the URL of an API server, such as https://10.0.0.1:6443", List.of(), KubernetesReader::url);
    private static final ValueKind<String> EMPTY_SERVICE = new ValueKind<>(
            "empty_service", List.of("empty_service"), text -> Optional.of(text).filter("empty_service"::equals));

    private final Section section;

    private KubernetesReader(Section section) {
        this.section = section;
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        return new KubernetesReader(Section.once(lines, remarks))
                .stage(zones).stream().toList();
    }

    /// Every option is read, also after a problem; empty if there is no zone to serve.
    private Optional<Stage> stage(List<DomainName> zonesOfBlock) {
        var words = section.arguments();
        var zones = words.isEmpty() ? zonesOfBlock : ZoneText.names(words, section.remarks());
        var multicluster = multicluster(zones);
        var answers = answers();
        var scope = scope();
        var fallthrough = fallthrough();
        var api = api();
        var limits = limits();
        var timeout = section.value("startup_timeout", ValueKind.TIME, KubernetesStage.STARTUP_TIMEOUT_DEFAULT);
        section.relic("upstream");
        section.relic("resyncperiod");
        section.relic("transfer");
        section.finish();
        if (zones.stream().allMatch(KubernetesStage::isReverse)) {
            section.remarks()
                    .problem(
                            section.name(),
                            "kubernetes: found only reverse zones (" + Words.join(zones)
                                    + "), expected a cluster's zone too; write it here, such as"
                                    + " \"kubernetes cluster.local in-addr.arpa\"");
            return Optional.empty();
        }
        return Optional.of(new KubernetesStage(zones, multicluster, answers, scope, fallthrough, api, limits, timeout));
    }

    /// The zones of a cluster set; each must be one that the plugin serves.
    private List<DomainName> multicluster(List<DomainName> zones) {
        var forward = zones.stream()
                .filter(zone -> !KubernetesStage.isReverse(zone))
                .distinct()
                .toList();
        var named = new ArrayList<DomainName>();
        for (Token word : section.words("multicluster", "zones of the plugin, such as clusterset.local")) {
            for (var zone : ZoneText.names(List.of(word), section.remarks())) {
                if (forward.contains(zone)) {
                    named.add(zone);
                } else {
                    section.remarks()
                            .problem(
                                    word,
                                    "multicluster: found " + word.quoted() + ", expected one of the plugin's zones ("
                                            + Words.join(forward) + "); add it to the line of kubernetes");
                }
            }
        }
        return named;
    }

    private Answers answers() {
        return new Answers(
                section.value("ttl", ValueKind.integer(0, Answers.TTL_MAX), Answers.DEFAULT.ttlSeconds()),
                section.value("pods", ValueKind.oneOf(PodMode.values(), '_'), Answers.DEFAULT.pods()),
                section.flag("endpoint_pod_names"),
                !section.value("ignore", EMPTY_SERVICE, "").isEmpty(),
                section.flag("zonal"),
                section.value("compat", ValueKind.oneOf(Compat.values(), '_'), Answers.DEFAULT.compat()));
    }

    private Scope scope() {
        Set<String> namespaces = section.words("namespaces", "names of namespaces").stream()
                .map(Token::text)
                .collect(Collectors.toCollection(HashSet::new));
        var namespaceLabels = selector("namespace_labels");
        var labels = selector("labels");
        boolean endpoints = !section.flag("noendpoints");
        if (!namespaces.isEmpty() && !namespaceLabels.equals(LabelSelector.ALL)) {
            section.remarks()
                    .problem(
                            section.lines("namespace_labels").getLast().name(),
                            "kubernetes: namespaces and namespace_labels exclude each other; keep one of them");
            namespaces.clear();
        }
        section.lines("zonal").stream()
                .filter(line -> !endpoints)
                .forEach(line -> section.remarks()
                        .problem(
                                line.name(),
                                "kubernetes: zonal and noendpoints exclude each other, for zonal names lead to endpoints;"
                                        + " keep one of them"));
        return new Scope(namespaces, namespaceLabels, labels, endpoints);
    }

    /// A selector may be written with spaces, as `env in (a, b)`.
    private LabelSelector selector(String option) {
        var selector = LabelSelector.ALL;
        for (Directive line : section.onlyOnce(option)) {
            String text = line.arguments().stream().map(Token::text).collect(Collectors.joining(" "));
            selector =
                    section.read(option, joined(line, text), ValueKind.SELECTOR).orElse(LabelSelector.ALL);
        }
        return selector;
    }

    private static Token joined(Directive line, String text) {
        Token first =
                line.arguments().isEmpty() ? line.name() : line.arguments().getFirst();
        return new Token(text, Token.Form.QUOTED, first.at(), false);
    }

    private Fallthrough fallthrough() {
        var lines = section.onlyOnce("fallthrough");
        if (lines.isEmpty()) {
            return Fallthrough.NONE;
        }
        var words = lines.getLast().arguments();
        return words.isEmpty() ? Fallthrough.ALL : new Fallthrough(ZoneText.names(words, section.remarks()));
    }

    private ApiAccess api() {
        var endpoint = endpoint();
        var tls = section.onlyOnce("tls");
        tls.stream()
                .filter(line -> line.arguments().size() != 3)
                .forEach(line -> section.remarks()
                        .problem(
                                line.name(),
                                "tls: found " + Words.count(line.arguments().size(), "file", "files")
                                        + ", expected three: tls CERTIFICATE KEY AUTHORITY"));
        var kubeconfig = kubeconfig();
        if (kubeconfig.isPresent()) {
            overruled("endpoint", "kubeconfig");
            overruled("tls", "kubeconfig");
            return kubeconfig.get();
        }
        if (endpoint.isEmpty()) {
            overruled("tls", "the account of the Pod, as there is no endpoint,");
            return new ApiAccess.InCluster();
        }
        if (tls.isEmpty() || tls.getLast().arguments().size() != 3) {
            return new ApiAccess.Endpoint(endpoint.get());
        }
        var files = tls.getLast().arguments().stream().map(Token::text).toList();
        String written =
                section.lines("endpoint").getLast().arguments().getFirst().text();
        return new ApiAccess.TlsEndpoint(secured(endpoint.get(), written), files.get(0), files.get(1), files.get(2));
    }

    private Optional<URI> endpoint() {
        Optional<URI> url = Optional.empty();
        for (Directive line : section.onlyOnce("endpoint")) {
            if (line.arguments().isEmpty()) {
                url = section.missing(line, URL.expected(), Optional.empty());
            } else {
                url = section.read("endpoint", line.arguments().getFirst(), URL);
            }
            if (line.arguments().size() > 1) {
                section.remarks()
                        .warning(line.arguments().get(1), "endpoint: only the first URL is used; remove the others");
            }
        }
        return url;
    }

    private Optional<ApiAccess> kubeconfig() {
        Optional<ApiAccess> access = Optional.empty();
        for (Directive line : section.onlyOnce("kubeconfig")) {
            var words = line.arguments().stream().map(Token::text).toList();
            if (words.isEmpty() || words.size() > 2) {
                section.remarks()
                        .problem(
                                line.name(),
                                "kubeconfig: found " + Words.count(words.size(), "word", "words")
                                        + ", expected kubeconfig FILE [CONTEXT]");
            } else {
                access = Optional.of(new ApiAccess.Kubeconfig(words.getFirst(), words.size() == 2 ? words.get(1) : ""));
            }
        }
        return access;
    }

    private void overruled(String option, String by) {
        section.lines(option)
                .forEach(line -> section.remarks()
                        .warning(
                                line.name(),
                                "kubernetes: " + option + " has no effect; " + by
                                        + " goes before it. Remove the line"));
    }

    private ApiLimits limits() {
        var natural = ValueKind.integer(0, Integer.MAX_VALUE);
        return new ApiLimits(
                section.value("apiserver_qps", ValueKind.number(0), ApiLimits.DEFAULT.queriesPerSecond()),
                section.value("apiserver_burst", natural, ApiLimits.DEFAULT.burst()),
                section.value("apiserver_max_inflight", natural, ApiLimits.DEFAULT.inflightMax()));
    }

    /// A server without a scheme is reached as client-go reaches it: over TLS if there are files for it.
    private static URI secured(URI url, String written) {
        return written.contains("://")
                ? url
                : URI.create("https" + url.toString().substring("http".length()));
    }

    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text.contains("://") ? text : "http://" + text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
