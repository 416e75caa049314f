package io.waymark.dns.kubedns;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.waymark.dns.corefile.NearestName;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the values of the ConfigMap `kube-dns`. Each is JSON; of one that is broken the last good
/// form stays, whatever becomes of the others.
public final class KubeDnsReader {
    /// kube-dns refuses more.
    public static final int UPSTREAMS_MAX = 3;
    /// As many as `forward` takes.
    public static final int SERVERS_MAX = 15;

    private static final String STUB_DOMAINS = "stubDomains";
    private static final String UPSTREAMS = "upstreamNameservers";
    private static final String FEDERATIONS = "federations";
    private static final List<String> KEYS = List.of(STUB_DOMAINS, UPSTREAMS, FEDERATIONS);
    private static final int SHOWN_MAX = 60;

    private final DomainName clusterDomain;
    private final List<String> remarks = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    private KubeDnsReader(DomainName clusterDomain) {
        this.clusterDomain = clusterDomain;
    }

    /// A value that is not what it should be.
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        Unfit(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    private interface Form<T> {
        T of(Object json) throws Unfit;
    }

    /// Reads them all.
    /// @param values by key; a key that is missing, or whose value is blank, says nothing
    /// @param before what counted until now
    public static KubeDnsRead read(Map<String, String> values, DomainName clusterDomain, KubeDnsConfig before) {
        var reader = new KubeDnsReader(clusterDomain);
        values.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .sorted()
                .forEach(key -> reader.remarks.add("ConfigMap kube-dns: unknown key \"" + shown(key) + "\" is ignored; "
                        + NearestName.of(key, KEYS)
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("allowed are " + String.join(", ", KEYS))));
        var config = new KubeDnsConfig(
                reader.value(values, STUB_DOMAINS, reader::stubDomains, before.stubDomains(), new TreeMap<>()),
                reader.value(values, UPSTREAMS, reader::upstreams, before.upstreamNameservers(), List.of()),
                reader.value(values, FEDERATIONS, reader::federations, before.federations(), new TreeMap<>()));
        if (!config.federations().isEmpty()) {
            reader.remarks.add("ConfigMap kube-dns, " + FEDERATIONS + ": found "
                    + String.join(", ", config.federations().keySet())
                    + "; Kubernetes has no federations any more, and names in them are not answered;"
                    + " remove the key, or serve their domains as stubDomains");
        }
        return new KubeDnsRead(config, reader.remarks, reader.broken);
    }

    private <T> T value(Map<String, String> values, String key, Form<T> form, T before, T none) {
        var text = values.getOrDefault(key, "");
        if (text.isBlank()) {
            return none;
        }
        try {
            return form.of(Optional.ofNullable(Json.decodeValue(text)).orElse("null"));
        } catch (DecodeException malformed) {
            keep(key, "it is no JSON: found " + quoted(text));
        } catch (Unfit unfit) {
            keep(key, unfit.why);
        }
        return before;
    }

    private void keep(String key, String why) {
        broken.add(key);
        remarks.add("ConfigMap kube-dns, " + key + ": " + why + "; the value before counts on");
    }

    private SortedMap<DomainName, List<Nameserver>> stubDomains(Object json) throws Unfit {
        var stubs = new TreeMap<DomainName, List<Nameserver>>();
        for (var entry : object(json, "{\"acme.local\": [\"192.0.2.1\"]}")) {
            var domain = domain(entry.getKey());
            var servers = new ArrayList<Nameserver>();
            for (var text : texts(entry.getValue(), entry.getKey())) {
                servers.add(Nameserver.parse(text)
                        .orElseThrow(() -> new Unfit(entry.getKey() + ": found " + quoted(text)
                                + ", expected an address or a name, with a port or without")));
            }
            if (servers.isEmpty() || servers.size() > SERVERS_MAX) {
                throw new Unfit(
                        entry.getKey() + ": found " + servers.size() + " servers, expected 1 to " + SERVERS_MAX);
            }
            if (stubs.put(domain, servers) != null) {
                throw new Unfit("found " + domain + " twice, expected each domain once");
            }
        }
        return stubs;
    }

    private DomainName domain(String text) throws Unfit {
        var domain = DomainName.parse(text)
                .filter(name ->
                        name.labelCount() > 0 && Nameserver.NAME.matcher(text).matches());
        if (domain.isEmpty()) {
            throw new Unfit("found the domain " + quoted(text) + ", expected one such as acme.local");
        }
        if (domain.get().equals(clusterDomain)) {
            throw new Unfit("found " + clusterDomain + ", which is the cluster's own; expected another domain");
        }
        return domain.get();
    }

    private List<Nameserver.Address> upstreams(Object json) throws Unfit {
        var servers = new ArrayList<Nameserver.Address>();
        for (var text : texts(json, "the value")) {
            if (Nameserver.parse(text).orElse(null) instanceof Nameserver.Address address) {
                servers.add(address);
            } else {
                throw new Unfit("found " + quoted(text) + ", expected an address, with a port or without");
            }
        }
        if (servers.size() > UPSTREAMS_MAX) {
            throw new Unfit("found " + servers.size() + " servers, expected at most " + UPSTREAMS_MAX);
        }
        return servers;
    }

    private SortedMap<String, String> federations(Object json) throws Unfit {
        var federations = new TreeMap<String, String>();
        for (var entry : object(json, "{\"name\": \"example.com\"}")) {
            if (!(entry.getValue() instanceof String domain)) {
                throw new Unfit(entry.getKey() + ": found " + quoted(entry.getValue()) + ", expected a domain");
            }
            federations.put(shown(entry.getKey()), domain);
        }
        return federations;
    }

    private static JsonObject object(Object json, String example) throws Unfit {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new Unfit("found " + quoted(json) + ", expected an object such as " + example);
    }

    private static List<String> texts(Object json, String where) throws Unfit {
        if (!(json instanceof JsonArray array)) {
            throw new Unfit(where + ": found " + quoted(json) + ", expected a list such as [\"192.0.2.1\"]");
        }
        var texts = new ArrayList<String>();
        for (var element : array) {
            if (!(element instanceof String text)) {
                throw new Unfit(where + ": found " + quoted(element) + " in the list, expected texts only");
            }
            texts.add(text);
        }
        return texts;
    }

    private static String quoted(Object found) {
        return found instanceof String text ? "\"" + shown(text) + "\"" : shown(String.valueOf(found));
    }

    /// On one line, and not too long for it.
    private static String shown(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "…";
    }
}
