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
import io.waymark.dns.plugin.forward.ForwardOptions.Attempts;
import io.waymark.dns.plugin.forward.ForwardOptions.Choice;
import io.waymark.dns.plugin.forward.ForwardOptions.Health;
import io.waymark.dns.plugin.forward.ForwardOptions.NextOn;
import io.waymark.dns.plugin.forward.ForwardOptions.Policy;
import io.waymark.dns.plugin.forward.ForwardOptions.Protocol;
import io.waymark.dns.plugin.forward.ForwardOptions.Security;
import io.waymark.dns.plugin.forward.ForwardOptions.Travel;
import io.waymark.dns.plugin.forward.target.Target;
import io.waymark.dns.plugin.forward.target.TargetReader;
import io.waymark.dns.plugin.forward.upstream.HttpsUpstream;
import io.waymark.dns.plugin.forward.upstream.RcodeWord;
import io.waymark.dns.plugin.forward.upstream.StreamLimits;
import io.waymark.dns.plugin.forward.upstream.TlsIdentity;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a [ForwardStage]; options as CoreDNS 1.15 has them.
public final class ForwardReader {
    private static final String SHAPE = "forward FROM TO…, such as \"forward . /etc/resolv.conf\"";
    private static final String CHECK = "TIME [no_rec] [domain NAME]";
    private static final ValueKind<IpAddress> SOURCE =
            new ValueKind<>("an IP address of this host, such as 10.0.0.5", List.of(), IpAddress::parse);
    private static final ValueKind<ListenAddress> RESOLVER = new ValueKind<>(
            "the address of a DNS server that knows the upstreams' names, such as 10.96.0.10 or 10.96.0.10:53",
            List.of(),
            text -> IpAddress.parse(text)
                    .map(address -> new ListenAddress(address, Transport.DNS.port()))
                    .or(() -> ListenAddress.parse(text).filter(to -> to.port() > 0 && !text.startsWith(":"))));
    private static final ValueKind<Duration> READ_TIMEOUT = new ValueKind<>(
            "a time of more than 0s with its unit (ns, us, ms, s, m, h), such as 2s",
            List.of(),
            text -> GoDuration.parse(text).filter(Duration::isPositive));
    private static final ValueKind<HttpsUpstream.Method> METHOD =
            new ValueKind<>("POST or GET", List.of("POST", "GET"), text -> switch (text) {
                case "POST" -> Optional.of(HttpsUpstream.Method.POST);
                case "GET" -> Optional.of(HttpsUpstream.Method.GET);
                default -> Optional.empty();
            });
    private static final ValueKind<Rcode> RCODE =
            new ValueKind<>("a response code: " + String.join(", ", RcodeWord.all()), RcodeWord.all(), RcodeWord::read);

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
        var targets = new TargetReader(remarks).read(words.size() < 2 ? List.of() : words.subList(1, words.size()));
        var except = ZoneText.names(section.words("except", "zones"), remarks);
        var options = new ForwardOptions(
                choice(),
                health(),
                travel(),
                security(targets),
                new NextOn(rcodes("next"), section.flag("next_on_nodata")),
                section.value("max_concurrent", ValueKind.integer(0, Integer.MAX_VALUE), 0));
        var resolvers = section.onlyOnce("resolver").stream()
                .reduce((earlier, last) -> last)
                .map(this::resolvers)
                .orElse(List.of());
        section.finish();
        return targets.isEmpty() || from.isEmpty()
                ? Optional.empty()
                : Optional.of(new ForwardStage(
                        from.get(),
                        except,
                        targets,
                        resolvers,
                        options,
                        section.name().at()));
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

    private Choice choice() {
        var policy = section.value("policy", ValueKind.oneOf(Policy.values(), '_'), Policy.RANDOM);
        int unset = -1;
        int attempts = section.value("max_connect_attempts", ValueKind.integer(0, Integer.MAX_VALUE), unset);
        var failover = rcodes("failover");
        if (failover.contains(Rcode.NOERROR)) {
            remarks.problem(
                    section.lines("failover").getFirst().name(),
                    "failover: found NOERROR, which is no failure; remove it, or see next_on_nodata");
        }
        return new Choice(
                policy,
                attempts == unset ? Attempts.TWICE_EACH : new Attempts.AtMost(attempts),
                failover,
                section.flag("failfast_all_unhealthy_upstreams"));
    }

    private List<Rcode> rcodes(String option) {
        var rcodes = new ArrayList<Rcode>();
        for (Token word : section.words(option, "response codes, such as SERVFAIL NXDOMAIN")) {
            section.read(option, word, RCODE).ifPresent(rcodes::add);
        }
        return rcodes;
    }

    private Travel travel() {
        var expire = section.value("expire", ValueKind.TIME, StreamLimits.DEFAULT.expire());
        var age = section.value("max_age", ValueKind.TIME, StreamLimits.DEFAULT.ageMax());
        if (age.isPositive() && age.compareTo(expire) < 0) {
            remarks.problem(
                    section.lines("max_age").getLast().name(),
                    "max_age: found " + GoDuration.write(age) + ", expected 0s for any age, or no less than expire ("
                            + GoDuration.write(expire) + ")");
        }
        int idle = section.value(
                "max_idle_conns", ValueKind.integer(0, Integer.MAX_VALUE), StreamLimits.DEFAULT.idleMax());
        return new Travel(
                protocol(),
                section.value("read_timeout", READ_TIMEOUT, Travel.DEFAULT.readTimeout()),
                new StreamLimits(expire, age, idle),
                section.value("source_address", SOURCE, Travel.DEFAULT.source()));
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

    private Security security(List<Target> targets) {
        var files = section.onlyOnce("tls").stream()
                .reduce((earlier, last) -> last)
                .map(this::files)
                .orElse(TlsIdentity.Pem.NONE);
        var name = section.value("tls_servername", ValueKind.TEXT, "");
        for (Target target : targets) {
            if (!name.isEmpty() && !target.serverName().isEmpty()) {
                remarks.problem(
                        section.lines("tls_servername").getFirst().name(),
                        "tls_servername: found beside the name of " + target
                                + ", expected only one of them; remove tls_servername, or the part behind %");
            }
        }
        return new Security(files, name, section.value("doh_method", METHOD, HttpsUpstream.Method.POST));
    }

    private TlsIdentity.Pem files(Directive line) {
        var words = line.arguments().stream().map(Token::text).toList();
        return switch (words.size()) {
            case 0 -> TlsIdentity.Pem.NONE;
            case 1 -> new TlsIdentity.Pem("", "", words.getFirst());
            case 2 -> new TlsIdentity.Pem(words.get(0), words.get(1), "");
            case 3 -> new TlsIdentity.Pem(words.get(0), words.get(1), words.get(2));
            default -> {
                remarks.problem(
                        line.arguments().get(3),
                        "tls: found " + words.size()
                                + " files, expected tls, tls AUTHORITY, tls CERTIFICATE KEY or tls CERTIFICATE KEY AUTHORITY");
                yield TlsIdentity.Pem.NONE;
            }
        };
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

    private List<ListenAddress> resolvers(Directive line) {
        if (line.arguments().isEmpty()) {
            return section.missing(line, RESOLVER.expected(), List.of());
        }
        return line.arguments().stream()
                .flatMap(word -> section.read("resolver", word, RESOLVER).stream())
                .toList();
    }
}
