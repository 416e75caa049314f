package io.waymark.dns.plugin.forward;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.plugin.forward.ForwardStage.Health;
import io.waymark.dns.plugin.forward.ForwardStage.Limits;
import io.waymark.dns.plugin.forward.ForwardStage.Policy;
import io.waymark.dns.plugin.forward.ForwardStage.Protocol;
import io.waymark.dns.plugin.forward.ForwardStage.Upstream;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Reads a [ForwardStage]; options as CoreDNS 1.15 has them.
public final class ForwardReader {
    private static final String SHAPE = "forward FROM TO…, such as \"forward . /etc/resolv.conf\"";
    private static final String TO =
            "the address of a DNS server, such as 10.0.0.1 or [fd00::1]:5353, or the path of a file like /etc/resolv.conf";
    private static final String CHECK = "TIME [no_rec] [domain NAME]";

    private final Section section;
    private final Remarks remarks;

    private ForwardReader(Section section) {
        this.section = section;
        this.remarks = section.remarks();
    }

    /// One stage per line, in the order of the text.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        return lines.stream()
                .flatMap(line -> new ForwardReader(new Section(line, remarks)).stage().stream())
                .toList();
    }

    /// Every option is read, also after a problem; empty if it is not said what to ask whom.
    private Optional<Stage> stage() {
        var words = section.arguments();
        if (words.size() < 2) {
            remarks.problem(
                    section.name(),
                    "forward: found " + Words.count(words.size(), "word", "words") + " behind it, expected " + SHAPE);
        }
        var from = words.isEmpty() ? Optional.<DomainName>empty() : from(words.getFirst());
        var upstreams = upstreams(words.size() < 2 ? List.of() : words.subList(1, words.size()));
        var except = ZoneText.names(section.words("except", "zones"), remarks);
        var policy = section.value("policy", ValueKind.oneOf(Policy.values(), '_'), Policy.RANDOM);
        var protocol = protocol();
        var health = health();
        var limits = limits();
        refuseNotYet();
        section.finish();
        return upstreams.isEmpty() || from.isEmpty()
                ? Optional.empty()
                : Optional.of(new ForwardStage(from.get(), except, upstreams, policy, protocol, health, limits));
    }

    private Optional<DomainName> from(Token word) {
        return ZoneText.read(word, remarks).map(text -> {
            if (text.zones().size() > 1) {
                remarks.warning(
                        word,
                        "forward: prefix " + word.quoted() + " covers "
                                + text.zones().size()
                                + " reverse zones, and only " + text.zones().getFirst()
                                + " is forwarded; write one forward line per zone");
            }
            return text.zones().getFirst();
        });
    }

    private List<Upstream> upstreams(List<Token> words) {
        var upstreams = new LinkedHashSet<Upstream>();
        words.forEach(word -> upstream(word).ifPresent(upstreams::add));
        if (upstreams.size() > ForwardStage.UPSTREAMS_MAX) {
            remarks.problem(
                    words.getFirst(),
                    "forward: found " + upstreams.size() + " upstreams, expected at most "
                            + ForwardStage.UPSTREAMS_MAX);
        }
        return List.copyOf(upstreams);
    }

    private Optional<Upstream> upstream(Token word) {
        String text = word.text().startsWith("dns://") ? word.text().substring(6) : word.text();
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            remarks.problem(
                    word,
                    "forward: upstreams over " + text.substring(0, scheme)
                            + ":// are not supported yet by this version; write an address, asked over UDP and TCP");
            return Optional.empty();
        }
        var server = server(text);
        if (server.isPresent()) {
            return server;
        }
        if (text.contains("/") || text.endsWith(".conf")) {
            return Optional.of(new Upstream.ResolverFile(text, word.at()));
        }
        String scoped = text.contains("%") ? " (addresses with a zone, as fe80::1%eth0, are not supported yet)" : "";
        remarks.problem(
                word,
                "forward: found " + word.quoted() + ", expected " + TO + scoped
                        + "; names of servers are not supported yet");
        return Optional.empty();
    }

    private static Optional<Upstream> server(String text) {
        int colon = text.lastIndexOf(':');
        var bare = IpAddress.parse(
                text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text);
        if (bare.isPresent()) {
            return bare.map(address -> new Upstream.Server(new ListenAddress(address, Transport.DNS.port())));
        }
        return colon <= 0 || text.startsWith("localhost:")
                ? Optional.empty()
                : ListenAddress.parse(text).filter(to -> to.port() > 0).map(Upstream.Server::new);
    }

    private Protocol protocol() {
        boolean tcp = section.flag("force_tcp");
        boolean udp = section.flag("prefer_udp");
        if (tcp && udp) {
            remarks.warning(
                    section.lines("prefer_udp").getFirst().name(),
                    "forward: prefer_udp has no effect beside force_tcp; remove one of them");
        }
        return tcp ? Protocol.FORCE_TCP : udp ? Protocol.PREFER_UDP : Protocol.AS_CLIENT;
    }

    private Health health() {
        int failsMax = section.value("max_fails", ValueKind.integer(0, Integer.MAX_VALUE), Health.DEFAULT.failsMax());
        var health = new Health(failsMax, Health.DEFAULT.interval(), true, DomainName.ROOT);
        for (Directive line : section.onlyOnce("health_check")) {
            health = healthCheck(line, failsMax);
        }
        return health;
    }

    private Health healthCheck(Directive line, int failsMax) {
        var words = line.arguments();
        if (words.isEmpty()) {
            return section.missing(line, CHECK, Health.DEFAULT);
        }
        Duration interval =
                section.read("health_check", words.getFirst(), ValueKind.TIME).orElse(Health.DEFAULT.interval());
        boolean recursion = true;
        var domain = DomainName.ROOT;
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).text().equals("no_rec")) {
                recursion = false;
            } else if (words.get(i).text().equals("domain") && i + 1 < words.size()) {
                domain = ZoneText.names(List.of(words.get(++i)), remarks).stream()
                        .findFirst()
                        .orElse(domain);
            } else {
                remarks.problem(
                        words.get(i), "health_check: found " + words.get(i).quoted() + ", expected " + CHECK);
            }
        }
        return new Health(failsMax, interval, recursion, domain);
    }

    private Limits limits() {
        return new Limits(
                section.value(
                        "max_concurrent", ValueKind.integer(0, Integer.MAX_VALUE), Limits.DEFAULT.concurrentMax()),
                section.value("expire", ValueKind.TIME, Limits.DEFAULT.expire()));
    }

    private void refuseNotYet() {
        section.notYet("tls", "remove the line, and upstreams with tls://");
        section.notYet("tls_servername", "remove the line");
        section.notYet("doh_method", "remove the line");
        section.notYet("max_age", "remove the line; expire closes idle connections");
        section.notYet("max_idle_conns", "remove the line; expire closes idle connections");
        section.notYet("max_connect_attempts", "remove the line");
        section.notYet("read_timeout", "remove the line");
        section.notYet("next", "remove the line");
        section.notYet("next_on_nodata", "remove the line");
        section.notYet("failover", "remove the line");
        section.notYet("failfast_all_unhealthy_upstreams", "remove the line");
        section.notYet("resolver", "write addresses of upstreams instead of their names");
        section.notYet("source_address", "remove the line");
    }
}
