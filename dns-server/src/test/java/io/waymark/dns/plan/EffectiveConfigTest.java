package io.waymark.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What `check-config` prints.
class EffectiveConfigTest {

    @Test
    void aBlockWithoutStagesSaysWhatThatMeans() {
        assertThat(EffectiveConfig.text(PlanText.plan("a.org:0 {\n}"))).isEqualTo("""
                listen :0 over UDP and TCP
                  a.org.  block 1

                block 1 of Corefile:1:1
                  no stage: every question is refused
                """);
    }

    @Test
    void printsWhatIsServedWhereAndEveryValueOfEveryStage() {
        assertThat(EffectiveConfig.text(PlanText.plan("""
                cluster.local:53 10.96.0.0/15 {
                    log . {
                        class denial error
                    }
                    errors
                    health {
                        lameduck 5s
                    }
                    ready
                    kubernetes cluster.local in-addr.arpa {
                        pods insecure
                        fallthrough in-addr.arpa
                        ttl 30
                    }
                    forward . /etc/resolv.conf {
                        max_concurrent 1000
                    }
                }
                a.org:5353 {
                    bind 127.0.0.1 ::1
                    forward . 10.0.0.1 10.0.0.2:5353 {
                        policy sequential
                        health_check 1s no_rec
                    }
                }
                b.org:5353 {
                    bind 127.0.0.1
                }
                """))).isEqualTo("""
                listen 127.0.0.1:5353 over UDP and TCP
                  a.org.  block 2
                  b.org.  block 3
                listen :53 over UDP and TCP
                  96.10.in-addr.arpa.  block 1
                  97.10.in-addr.arpa.  block 1
                  cluster.local.       block 1
                listen [::1]:5353 over UDP and TCP
                  a.org.  block 2

                block 1 of Corefile:1:1
                  ready
                    address  :8181        # default
                    path     /ready       # default
                    monitor  until-ready  # default
                  health
                    address   :8080    # default
                    path      /health  # default
                    lameduck  5s
                  errors
                  log
                    .  class denial error
                  kubernetes
                    zones                   cluster.local. in-addr.arpa.
                    multicluster            none        # default
                    ttl                     30
                    pods                    insecure
                    endpoint_pod_names      false       # default
                    ignore empty_service    false       # default
                    zonal                   false       # default
                    compat                  none        # default
                    namespaces              all         # default
                    namespace_labels        all         # default
                    labels                  all         # default
                    noendpoints             false       # default
                    fallthrough             in-addr.arpa.
                    api                     in-cluster  # default
                    apiserver_qps           0           # default
                    apiserver_burst         0           # default
                    apiserver_max_inflight  0           # default
                    startup_timeout         5s          # default
                  forward
                    from                              .
                    to                                /etc/resolv.conf
                    except                            none                   # default
                    policy                            random                 # default
                    max_fails                         2                      # default
                    health_check                      500ms domain .         # default
                    max_connect_attempts              twice each             # default
                    failover                          none                   # default
                    failfast_all_unhealthy_upstreams  false                  # default
                    protocol                          as_client              # default
                    read_timeout                      2s                     # default
                    expire                            10s                    # default
                    max_age                           0s                     # default
                    max_idle_conns                    0                      # default
                    source_address                    the system's choice    # default
                    tls                               the usual authorities  # default
                    tls_servername                    the address            # default
                    doh_method                        POST                   # default
                    next                              none                   # default
                    next_on_nodata                    false                  # default
                    resolver                          none                   # default
                    max_concurrent                    1000

                block 2 of Corefile:19:1
                  bind
                    addresses  127.0.0.1 ::1
                  forward
                    from                              .
                    to                                10.0.0.1:53 10.0.0.2:5353
                    except                            none                                # default
                    policy                            sequential
                    max_fails                         2                                   # default
                    health_check                      1s no_rec domain .
                    max_connect_attempts              twice each                          # default
                    failover                          none                                # default
                    failfast_all_unhealthy_upstreams  false                               # default
                    protocol                          as_client                           # default
                    read_timeout                      2s                                  # default
                    expire                            10s                                 # default
                    max_age                           0s                                  # default
                    max_idle_conns                    0                                   # default
                    source_address                    the system's choice                 # default
                    tls                               the usual authorities               # default
                    tls_servername                    the address                         # default
                    doh_method                        POST                                # default
                    next                              none                                # default
                    next_on_nodata                    false                               # default
                    resolver                          none                                # default
                    max_concurrent                    none, the oldest of 4096 make room  # default

                block 3 of Corefile:26:1
                  bind
                    addresses  127.0.0.1
                """);
    }

    @Test
    void equalPlansGiveEqualTexts() {
        String text = "b a:5353 {\nforward . 10.0.0.1\nerrors\n}";
        assertThat(EffectiveConfig.text(PlanText.plan(text))).isEqualTo(EffectiveConfig.text(PlanText.plan(text)));
    }
}
