package io.waymark.dns.kubedns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The values of the ConfigMap `kube-dns`.
class KubeDnsReaderTest {
    private static final DomainName CLUSTER = DomainName.of("cluster.local.");

    private static KubeDnsRead read(Map<String, String> values, KubeDnsConfig before) {
        return KubeDnsReader.read(values, CLUSTER, before);
    }

    private static String stubs(KubeDnsConfig config) {
        return config.stubDomains().toString();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # stubDomains                                             | is
            {"acme.local": ["1.2.3.4"]}                               | {acme.local.=[1.2.3.4:53]}
            {"Acme.Local.": ["1.2.3.4:5353", "2001:db8::1"]}          | {acme.local.=[1.2.3.4:5353, [2001:db8::1]:53]}
            {"a": ["[2001:db8::1]:54"], "b.a": ["ns.acme.local"]}     | {a.=[[2001:db8::1]:54], b.a.=[ns.acme.local:53]}
            {"a": ["dns.kube-system.svc.cluster.local:10053"]}        | {a.=[dns.kube-system.svc.cluster.local:10053]}
            {"x.cluster.local": ["1.2.3.4"]}                          | {x.cluster.local.=[1.2.3.4:53]}
            {"10.in-addr.arpa": ["1.2.3.4"]}                          | {10.in-addr.arpa.=[1.2.3.4:53]}
            {}                                                        | {}
            """)
    void stubDomainsAreServersByDomain(String json, String says) {
        var read = read(Map.of("stubDomains", json), KubeDnsConfig.EMPTY);
        assertThat(read.remarks()).isEmpty();
        assertThat(stubs(read.config())).isEqualTo(says);
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # key               | value                                        | remark
            stubDomains         | {"acme.local": ["1.2.3.4"]                   | it is no JSON
            stubDomains         | ["1.2.3.4"]                                  | expected an object such as {"acme.local": ["192.0.2.1"]}
            stubDomains         | null                                         | expected an object
            stubDomains         | {"acme.local": "1.2.3.4"}                    | acme.local: found "1.2.3.4", expected a list such as ["192.0.2.1"]
            stubDomains         | {"acme.local": []}                           | acme.local: found 0 servers, expected 1 to 15
            stubDomains         | {"acme.local": [7]}                          | acme.local: found 7 in the list, expected texts only
            stubDomains         | {"acme.local": ["1.2.3.256"]}                | acme.local: found "1.2.3.256", expected an address or a name
            stubDomains         | {"acme.local": ["1.2.3.4:0"]}                | found "1.2.3.4:0"
            stubDomains         | {"acme.local": ["1.2.3.4:70000"]}            | found "1.2.3.4:70000"
            stubDomains         | {"acme.local": ["ns 1"]}                     | found "ns 1"
            stubDomains         | {"acme.local": ["{$HOME}"]}                  | found "{$HOME}"
            stubDomains         | {"acme local": ["1.2.3.4"]}                  | found the domain "acme local", expected one such as acme.local
            stubDomains         | {".": ["1.2.3.4"]}                           | found the domain "."
            stubDomains         | {"cluster.local": ["1.2.3.4"]}               | which is the cluster's own
            stubDomains         | {"a.b": ["1.2.3.4"], "A.B": ["1.2.3.5"]}     | found a.b. twice
            upstreamNameservers | ["8.8.8.8", "ns.acme.local"]                 | found "ns.acme.local", expected an address
            upstreamNameservers | ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"] | found 4 servers, expected at most 3
            upstreamNameservers | "8.8.8.8"                                    | expected a list such as ["192.0.2.1"]
            federations         | {"fed": 1}                                   | fed: found 1, expected a domain
            """)
    void aBrokenValueIsSaidAndTheLastGoodOneCountsOn(String key, String value, String remark) {
        var before = new KubeDnsConfig(
                new TreeMap<>(Map.of(
                        DomainName.of("old."),
                        List.of(Nameserver.parse("9.9.9.9").orElseThrow()))),
                List.of((Nameserver.Address) Nameserver.parse("9.9.9.8").orElseThrow()),
                new TreeMap<>());
        var values = new TreeMap<>(Map.of(
                "stubDomains", "{\"old\": [\"9.9.9.9\"]}",
                "upstreamNameservers", "[\"9.9.9.8\"]"));
        values.put(key, value);
        var read = read(values, before);
        assertThat(read.remarks())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("ConfigMap kube-dns, " + key + ": ")
                        .contains(remark)
                        .endsWith("; the value before counts on"));
        assertThat(read.config()).isEqualTo(before);
    }

    @Test
    void aBrokenValueDoesNotKeepAnotherFromChanging() {
        var read = read(
                Map.of("stubDomains", "{", "upstreamNameservers", "[\"8.8.8.8\", \"8.8.4.4:54\"]"),
                KubeDnsConfig.EMPTY);
        assertThat(read.remarks()).hasSize(1);
        assertThat(read.config().upstreamNameservers()).hasToString("[8.8.8.8:53, 8.8.4.4:54]");
    }

    @Test
    void aKeyThatIsTakenOutCountsNoLonger() {
        var before = read(Map.of("stubDomains", "{\"a\": [\"1.2.3.4\"]}"), KubeDnsConfig.EMPTY)
                .config();
        assertThat(read(Map.of(), before).config()).isEqualTo(KubeDnsConfig.EMPTY);
        assertThat(read(Map.of("stubDomains", " \n"), before).config()).isEqualTo(KubeDnsConfig.EMPTY);
    }

    @Test
    void federationsGetANoteThatSaysWhatBecomesOfThem() {
        assertThat(read(Map.of("federations", "{\"myfed\": \"example.com\"}"), KubeDnsConfig.EMPTY)
                        .remarks())
                .singleElement()
                .asString()
                .contains("myfed", "no federations any more", "remove the key");
    }

    @Test
    void aKeyThatNobodyKnowsIsSaidWithTheNearestOne() {
        assertThat(read(Map.of("stubDomain", "{}"), KubeDnsConfig.EMPTY).remarks())
                .containsExactly("ConfigMap kube-dns: unknown key \"stubDomain\" is ignored;"
                        + " did you mean \"stubDomains\"?");
    }

    @Test
    void aLongValueIsNotRepeatedAtLength() {
        var remarks = read(Map.of("stubDomains", "[\n\"" + "x".repeat(5000) + "\""), KubeDnsConfig.EMPTY)
                .remarks();
        assertThat(remarks)
                .singleElement()
                .satisfies(line -> assertThat(line).hasLineCount(1).hasSizeLessThan(200));
    }
}
