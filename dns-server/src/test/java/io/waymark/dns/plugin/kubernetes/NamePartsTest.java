package io.waymark.dns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.name.DomainName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The zone is `c.`; the words behind a name are kind, namespace, service, endpoint, protocol, port, cluster and
/// topology zone, as CoreDNS' plugin calls them, and `-` what the name has not.
class NamePartsTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                              | one cluster                  | a set of clusters
            c.                                  | - - - - - - - -              | - - - - - - - -
            svc.c.                              | - - - - - - - -              | - - - - - - - -
            SHOP.Svc.C.                         | svc shop - - - - - -         | svc shop - - - - - -
            cart.shop.svc.c.                    | svc shop cart - - - - -      | svc shop cart - - - - -
            10-1-2-3.shop.pod.c.                | pod shop 10-1-2-3 - - - - -  | pod shop 10-1-2-3 - - - - -
            db-0.db.shop.svc.c.                 | svc shop db db-0 - - - -     | svc shop db db-0 - - - -
            _http._tcp.cart.shop.svc.c.         | svc shop cart - tcp http - - | svc shop cart - tcp http - -
            http.tcp.cart.shop.svc.c.           | svc shop cart - tcp http - - | svc shop cart http - - tcp -
            eu.1.pin._zone.cart.shop.svc.c.     | svc shop cart - - - - eu.1   | none
            eu.prefer._zone.cart.shop.svc.c.    | svc shop cart - - - - eu     | none
            eu.other._zone.cart.shop.svc.c.     | none                         | none
            eu.pin._zone.10-1-2-3.shop.pod.c.   | none                         | none
            a.b.c.cart.shop.svc.c.              | none                         | none
            cart.shop.svd.c.                    | none                         | none
            """)
    void aNameHasParts(String name, String alone, String set) {
        assertThat(text(name, false)).isEqualTo(alone);
        assertThat(text(name, true)).isEqualTo(set);
    }

    private static String text(String name, boolean multicluster) {
        return NameParts.of(DomainName.of(name), DomainName.of("c."), multicluster, true)
                .map(parts -> String.join(
                        " ",
                        word(parts.kind()),
                        word(parts.namespace()),
                        word(parts.service()),
                        word(parts.endpoint()),
                        word(parts.protocol()),
                        word(parts.port()),
                        word(parts.cluster()),
                        word(parts.zone())))
                .orElse("none");
    }

    private static String word(String part) {
        return part.isEmpty() ? "-" : part;
    }
}
