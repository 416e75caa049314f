package io.waymark.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the lines of each plugin mean. In the tables `~` is a line end, `…` the zone cluster.local.
class StagesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # lines                                       | mean, beside defaults
            errors                                        | errors
            errors stdout                                 | errors
            errors {~stacktrace~consolidate 5m "^read .* timeout$" warning show_first~consolidate 30s x~} | errors consolidate=5m ^read .* timeout$ warning show_first, consolidate=30s x error
            log                                           | log
            log . "{proto} {name} {/log/class}" {~class error~} | log .=class error format {proto} {name} {/log/class}
            log a.org b.org                               | log a.org.=class all, b.org.=class all
            log . {~class denial error denial~}           | log .=class denial error
            log~log a.org {~class success~}               | log a.org.=class success
            health                                        | health
            health 127.0.0.1:8088 {~lameduck 1m30s~}      | health address=127.0.0.1:8088, lameduck=1m30s
            health localhost:1                            | health address=127.0.0.1:1
            ready [::1]:8181                              | ready address=[::1]:8181
            ready {~monitor continuously~}                | ready monitor=continuously
            prometheus                                    | prometheus
            prometheus :9153                              | prometheus address=:9153
            prometheus :9153 {~tls web.yml~}              | prometheus address=:9153, tls=web.yml
            ready {~path /readiness /ready~}              | ready path=/readiness /ready
            health {~path /healthcheck/kubedns~}          | health path=/healthcheck/kubedns
            forward . 10.0.0.1                            | forward from=., to=10.0.0.1:53
            forward a.org dns://10.0.0.1:5353 [fd00::1]:54 fd00::2 | forward from=a.org., to=10.0.0.1:5353 [fd00::1]:54 [fd00::2]:53
            forward . /etc/resolv.conf 10.0.0.1 10.0.0.1:53 | forward from=., to=/etc/resolv.conf 10.0.0.1:53
            forward 10.0.0.0/8 10.0.0.1                   | forward from=10.in-addr.arpa., to=10.0.0.1:53
            forward . 10.0.0.1 {~except a.org 10.0.0.0/15~except b.org~} | forward from=., to=10.0.0.1:53, except=a.org. 0.10.in-addr.arpa. 1.10.in-addr.arpa. b.org.
            forward . 10.0.0.1 {~force_tcp~}              | forward from=., to=10.0.0.1:53, protocol=force_tcp
            forward . 10.0.0.1 {~prefer_udp~policy sequential~} | forward from=., to=10.0.0.1:53, policy=sequential, protocol=prefer_udp
            forward . 10.0.0.1 {~max_fails 0~max_concurrent 1000~expire 0s~} | forward from=., to=10.0.0.1:53, max_fails=0, expire=0s, max_concurrent=1000
            forward . tls://9.9.9.9%dns.quad9.net tls://9.9.9.9%dns.quad9.net:8853 https://[fd00::1] | forward from=., to=tls://9.9.9.9:853%dns.quad9.net tls://9.9.9.9:8853%dns.quad9.net https://[fd00::1]:443
            forward . tls://[fd00::1%a.org]:99 tls://[fd00::1%a.org] | forward from=., to=tls://[fd00::1]:99%a.org tls://[fd00::1]:853%a.org
            forward . dns.a.org tls://dns.a.org%x.org:99 localhost:54 {~resolver 10.0.0.9 [fd00::9]:54~} | forward from=., to=dns.a.org.:53 tls://dns.a.org.:99%x.org localhost.:54, resolver=10.0.0.9:53 [fd00::9]:54
            forward . 10.0.0.1 {~max_connect_attempts 0~read_timeout 250ms~max_age 1m~max_idle_conns 3~} | forward from=., to=10.0.0.1:53, max_connect_attempts=0, read_timeout=250ms, max_age=1m, max_idle_conns=3
            forward . 10.0.0.1 {~next nxdomain SERVFAIL~next REFUSED~next_on_nodata~} | forward from=., to=10.0.0.1:53, next=NXDOMAIN SERVFAIL REFUSED, next_on_nodata=true
            forward . 10.0.0.1 {~failover SERVFAIL notimpl~failfast_all_unhealthy_upstreams~source_address 10.0.0.9~} | forward from=., to=10.0.0.1:53, failover=SERVFAIL NOTIMP, failfast_all_unhealthy_upstreams=true, source_address=10.0.0.9
            forward . tls://10.0.0.1 {~tls~tls_servername a.org~} | forward from=., to=tls://10.0.0.1:853, tls_servername=a.org
            forward . https://10.0.0.1 {~tls c k a~doh_method GET~} | forward from=., to=https://10.0.0.1:443, tls=c k a, doh_method=GET
            forward . tls://10.0.0.1 {~tls a~}            | forward from=., to=tls://10.0.0.1:853, tls=a
            forward . 10.0.0.1 {~health_check 250ms no_rec domain a.org~} | forward from=., to=10.0.0.1:53, health_check=250ms no_rec domain a.org.
            hosts                                         | hosts zones=cluster.local.
            hosts /etc/coredns/NodeHosts {~ttl 60~reload 15s~fallthrough~} | hosts file=/etc/coredns/NodeHosts, zones=cluster.local., ttl=60, reload=15s, fallthrough=.
            hosts /h a.org 10.0.0.0/8 {~10.0.0.1 a.org b.a.org~no_reverse~fallthrough a.org~fallthrough_unsupported~} | hosts file=/h, zones=a.org. 10.in-addr.arpa., inline=1 line, no_reverse=true, fallthrough=a.org., fallthrough_unsupported=a.org.
            file db.a                                     | file cluster.local.=db.a
            file db.a a.org 10.0.0.0/8 {~reload 0s~}~file db.b b.org {~reload_by_mtime~fallthrough b.org~} | file a.org.=db.a reload 0s, 10.in-addr.arpa.=db.a reload 0s, b.org.=db.b reload_by_mtime, fallthrough=b.org.
            reload                                        | reload
            reload 10s                                    | reload interval=10s, jitter=5s
            reload 1m 0s                                  | reload interval=1m, jitter=0s
            reload 2s 1s                                  | reload interval=2s, jitter=1s
            bufsize                                       | bufsize
            bufsize 512                                   | bufsize octets=512
            nsid                                          | nsid
            nsid Use The Force                            | nsid text=Use The Force
            any                                           | any
            chaos                                         | chaos
            chaos V1 b a b                                | chaos version=V1, authors=a, b
            whoami                                        | whoami
            local                                         | local
            local {~localhost_prefix off~}                | local localhost_prefix=off
            minimal                                       | minimal
            cancel                                        | cancel
            cancel 1s                                     | cancel timeout=1s
            multisocket 4                                 | multisocket
            timeouts {~read 30~idle 5m~maxtcpqueries 7~}  | timeouts read=30s, idle=5m, maxtcpqueries=7
            https {~max_connections 0~max_streams 10~}    | https max_connections=0, max_streams=10
            tls c.pem k.pem                               | tls certificate=c.pem, key=k.pem
            tls c.pem k.pem ca.pem {~client_auth require_and_verify~} | tls certificate=c.pem, key=k.pem, authority=ca.pem, client_auth=require_and_verify
            header {~response set ra AA~query clear rd~response clear rd~} | header query=clear rd, response=set ra, set aa, clear rd
            acl {~allow net 10.0.0.0/8 fd00::1~block type A AAAA net *~DROP~} | acl cluster.local.=allow net 10.0.0.0/8 fd00::1/128, block type A AAAA, drop
            acl a.org 10.0.0.0/8 {~filter type * net 10.1.2.3~}~acl {~block~} | acl a.org. 10.in-addr.arpa.=filter net 10.1.2.3/32, cluster.local.=block
            loop                                          | loop
            autopath @kubernetes                          | autopath zones=cluster.local., search=@kubernetes
            autopath a.org b.org /etc/resolv.conf         | autopath zones=a.org. b.org., search=/etc/resolv.conf
            k8s_external ext.org 10.0.0.0/8               | k8s_external zones=ext.org. 10.in-addr.arpa.
            k8s_external {~apex ns~ttl 60~headless~fallthrough a.org~} | k8s_external zones=cluster.local., apex=ns, ttl=60, headless=true, fallthrough=a.org.
            transfer {~to *~}                             | transfer cluster.local.=to *
            transfer a.org 10.0.0.0/8 {~to 10.0.0.1 10.0.0.2:5353~to fd00::1~source 10.0.0.9~}~transfer {~to *~} | transfer a.org. 10.in-addr.arpa.=to 10.0.0.1 10.0.0.2:5353 fd00::1 source 10.0.0.9, cluster.local.=to *
            cache                                         | cache zones=cluster.local.
            cache 30                                      | cache zones=cluster.local., success=9984 30 5, denial=9984 30 5
            cache 30 a.org 10.0.0.0/24                    | cache zones=a.org. 0.0.10.in-addr.arpa., success=9984 30 5, denial=9984 30 5
            cache 900 {~denial 9984 30~}                  | cache zones=cluster.local., success=9984 900 5, denial=9984 30 5
            cache {~success 5000 60 1~denial 1~}          | cache zones=cluster.local., success=4864 60 1, denial=1024 1800 5
            cache {~servfail 1m~keepttl~bytes 65536~}     | cache zones=cluster.local., servfail=1m, keepttl=true, bytes=65536
            cache {~prefetch 3~}                          | cache zones=cluster.local., prefetch=3 1m 10%
            cache {~prefetch 3 1h 90%~}                   | cache zones=cluster.local., prefetch=3 1h 90%
            cache {~serve_stale~}                         | cache zones=cluster.local., serve_stale=1h immediate 0s 0s
            cache {~serve_stale 2h Immediate 30s 1m~}     | cache zones=cluster.local., serve_stale=2h immediate 30s 1m
            cache {~serve_stale 1h verify~}               | cache zones=cluster.local., serve_stale=1h verify 0s 0s 0s
            cache {~serve_stale 1h verify 100ms 30s 30s~serve_stale_policy prefer_positive~} | cache zones=cluster.local., serve_stale=1h verify 100ms 30s 30s prefer_positive
            cache {~disable success a.org b.org~disable denial~} | cache zones=cluster.local., disable success=a.org. b.org., disable denial=.
            dnstap /tap.sock full                         | dnstap socket=unix:///tap.sock, full=true
            dnstap listen tcp://:6000 full                | dnstap socket=listen tcp://:6000, full=true
            dnstap listen tls://[fd00::1]:6000 {~tls c k~} | dnstap socket=listen tls://[fd00::1]:6000, certificate=c, key=k
            dnstap listen tls://:6000 {~tls c k a~skipverify~} | dnstap socket=listen tls://:6000, certificate=c, key=k, client_auth=verify_if_given
            loadbalance                                   | loadbalance
            loadbalance round_robin                       | loadbalance
            loadbalance {~prefer 10.0.0.0/8 fd00::/8~prefer 192.0.2.0/24~} | loadbalance prefer=10.0.0.0/8 fd00::/8 192.0.2.0/24
            loadbalance weighted /w                       | loadbalance policy=weighted /w 30s
            loadbalance weighted /w {~reload 0~}          | loadbalance policy=weighted /w 0s
            dns64                                         | dns64
            dns64 2001:db8::/32                           | dns64 prefix=2001:db8::/32
            dns64 {~prefix 64:ff9b:1::/48~translate_all~allow_ipv4~} | dns64 prefix=64:ff9b:1::/48, translate_all=true, allow_ipv4=true
            kubernetes … {~ttl 30~pods verified~}         | kubernetes zones=cluster.local., ttl=30, pods=verified
            kubernetes … 10.0.0.0/8 {~fallthrough in-addr.arpa~} | kubernetes zones=cluster.local. 10.in-addr.arpa., fallthrough=in-addr.arpa.
            kubernetes … {~fallthrough~noendpoints~}      | kubernetes zones=cluster.local., noendpoints=true, fallthrough=.
            kubernetes … {~compat coredns~}               | kubernetes zones=cluster.local., compat=coredns
            kubernetes … {~endpoint_pod_names~ignore empty_service~} | kubernetes zones=cluster.local., endpoint_pod_names=true, ignore empty_service=true
            kubernetes … {~namespaces b a~namespaces a c~} | kubernetes zones=cluster.local., namespaces=a b c
            kubernetes … {~labels a=b,c in (d, e)~namespace_labels x!=y~} | kubernetes zones=cluster.local., namespace_labels=x!=y, labels=a=b,c in (d, e)
            kubernetes … a.org 10.0.0.0/8 {~multicluster a.org~} | kubernetes zones=cluster.local. a.org. 10.in-addr.arpa., multicluster=a.org.
            kubernetes … {~kubeconfig /k ctx~}            | kubernetes zones=cluster.local., api=kubeconfig /k ctx
            kubernetes … {~endpoint https://h:6443~}      | kubernetes zones=cluster.local., api=endpoint https://h:6443
            kubernetes … {~endpoint h:8080~}              | kubernetes zones=cluster.local., api=endpoint http://h:8080
            kubernetes … {~endpoint h:6443~tls c k a~}    | kubernetes zones=cluster.local., api=endpoint https://h:6443 tls c k a
            kubernetes … {~endpoint http://h~tls c k a~}  | kubernetes zones=cluster.local., api=endpoint http://h tls c k a
            kubernetes … {~apiserver_qps 0.5~apiserver_burst 3~apiserver_max_inflight 4~startup_timeout 1h~} | kubernetes zones=cluster.local., apiserver_qps=0.5, apiserver_burst=3, apiserver_max_inflight=4, startup_timeout=1h
            """)
    void mean(String lines, String expected) {
        assertThat(PlanText.written(block(lines)).replace(",", ", ").replace(",  ", ", "))
                .isEqualTo(expected.replace(",", ", ").replace(",  ", ", "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", quoteCharacter = '\u0001', textBlock = """
            # lines                                | are refused with, or warned about
            errors~errors                          | 3:1: errors may stand once in a server block, and already stands at Corefile:2:1; remove one of them
            errors x                               | 2:8: errors: found "x", expected stdout, or nothing
            errors {~consolidate 5m~}              | 3:1: consolidate: expected consolidate DURATION REGEXP [LEVEL] [show_first]
            errors {~consolidate 5 x~}             | 3:13: consolidate: found "5", expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            errors {~consolidate 5m ( error~}      | 3:16: consolidate: found "(", expected a regular expression in Go's syntax (RE2, at most 10000 characters), such as ^web-(\\d+)[.]example[.]org[.]$
            errors {~consolidate 5m x loud~}       | 3:18: consolidate: found "loud", expected one of debug, info, warning, error
            log "{remote}"                         | 2:5: log: a format stands behind the names that it is for; write a dot in front of it for all names
            log {~class denail~}                   | 3:7: class: found "denail", expected one of all, success, denial, error; did you mean "denial"?
            log {~class~}                          | 3:1: class has no value; expected one of all, success, denial, error
            health 8080                            | 2:8: health: found "8080", expected ADDRESS:PORT or :PORT, such as :8080 or 127.0.0.1:8080 (host names are not looked up)
            health :1 :2                           | 2:11: health: found ":2", expected nothing more: health [ADDRESS:PORT]
            health {~lameduck 5~}                  | 3:10: lameduck: found "5", expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            health {~lameduck -5s~}                | 3:10: lameduck: found "-5s", expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            health {~path health~}                 | 3:6: path: found "health", expected a path such as /health
            ready {~path~}                         | 3:1: path has no value; expected a path such as /health
            health {~lameduck~}                    | 3:1: lameduck has no value; expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            health {~lamduck 5s~}                  | 3:1: health: unknown option "lamduck"; did you mean "lameduck"?
            health {~x~}                           | 3:1: health: unknown option "x"; known are lameduck, path
            health {~lameduck 5s {~x~}~}           | 4:1: health: option lameduck has no block; remove the braces
            health :1~health :2                    | 2:1: warning: health stands here and at Corefile:3:1; the last one counts, remove the other
            bind                                   | 2:1: bind has no value; expected an IP address or an interface
            bind ::1 {~except~}                    | 3:1: except has no value; expected an IP address or an interface
            bind ::1 {~except ::1~}                | 2:6: bind: except leaves no address of this line; name one, or drop except
            bind eth0                              | 2:6: bind: found "eth0", expected an IP address or a network interface of this host that has addresses
            hosts {~ttl 0~}                        | 3:5: ttl: found "0", expected a whole number from 1 to 65535
            hosts {~reload -1s~}                   | 3:8: reload: found "-1s", expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            hosts {~10.0.0.256 a.org~}             | 3:1: warning: hosts: found "10.0.0.256", expected an address and its names, or an option: fallthrough, fallthrough_unsupported, no_reverse, ttl, reload; the line has no effect
            hosts {~tll 5~}                        | 3:1: warning: hosts: found "tll", expected an address and its names, or an option: fallthrough, fallthrough_unsupported, no_reverse, ttl, reload; did you mean "ttl"?; the line has no effect
            hosts {~10.0.0.1~}                     | 3:1: warning: hosts: address "10.0.0.1" has no name behind it
            hosts {~fallthrough_unsupported~}      | 2:1: hosts: fallthrough_unsupported does nothing without fallthrough; add a line "fallthrough"
            file                                   | 2:1: file has no value; expected file DBFILE [ZONE…], such as "file db.example.org example.org"
            file db.a {~reload 5~}                 | 3:8: reload: found "5", expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            file db.a {~upstream~}                 | 3:1: warning: file: option upstream has had no effect since CoreDNS 1.7 and has none here; remove the line
            reload 1s                              | 2:8: reload: found "1s", expected a time of 2s or more such as 30s, or off
            reload of                              | 2:8: reload: found "of", expected a time of 2s or more such as 30s, or off; did you mean "off"?
            reload 30s 500ms                       | 2:12: reload: found "500ms", expected a time of 1s or more such as 15s, or 0s for none
            reload off 1s                          | 2:12: reload: found "1s", expected nothing more: reload off
            reload 30s 15s 1s                      | 2:16: reload: found "1s", expected nothing more: reload [INTERVAL [JITTER]]
            reload~reload 10s                      | 2:1: warning: reload stands here and at Corefile:3:1; the last one counts, remove the other
            bufsize 511                            | 2:9: bufsize: found "511", expected a whole number from 512 to 4096
            bufsize 600 700                        | 2:13: bufsize: found "700", expected nothing more: bufsize [OCTETS]
            any x                                  | 2:5: any: found "x", expected nothing more: any
            chaos {~x~}                            | 3:1: chaos: unknown option "x"; there are none
            local {~localhost_prefix maybe~}       | 3:18: localhost_prefix: found "maybe", expected one of on, off
            cancel 0s                              | 2:8: cancel: found "0s", expected a time above 0s with its unit (ns, us, ms, s, m, h), such as 5s
            multisocket 0                          | 2:13: multisocket: found "0", expected a whole number from 1 to 1024
            timeouts                               | 2:1: timeouts sets none; expected in its block read, write or idle with a time
            timeouts {~read 500ms~}                | 3:6: read: found "500ms", expected a time from 1s to 24h, such as 30s or 5m (a number alone means seconds)
            timeouts {~maxtcpqueries 0~}           | 3:15: maxtcpqueries: found "0", expected a whole number 1 or more, or -1 for no bound
            tls c.pem                              | 2:1: tls: found 1 file, expected two or three: tls CERTIFICATE KEY [AUTHORITY]
            tls c k {~client_auth any~}            | 3:13: client_auth: found "any", expected one of nocert, request, require, verify_if_given, require_and_verify
            debug                                  | 2:1: warning: debug has no effect: a defect is always logged with its stack and the query's octets, and the server goes on; remove the line
            header                                 | 2:1: header changes nothing; expected in its block query|response set|clear FLAG…, such as "response set ra"
            header {~response set~}                | 3:1: response has no value; expected query|response set|clear FLAG…, such as "response set ra"
            header {~response add ra~}             | 3:10: response: found "add", expected one of set, clear
            header {~response set qr~}             | 3:14: response: found "qr", expected one of aa, ra, rd
            header {~reply set ra~}                | 3:1: header: unknown option "reply"; known are query, response
            acl {~deny net *~}                     | 3:1: acl: found "deny", expected one of allow, block, filter, drop
            acl {~block 10.0.0.0/8~}               | 3:7: acl: found "10.0.0.0/8", expected type or net, such as "block net 10.0.0.0/8"
            acl {~block type AAA~}                 | 3:12: type: found "AAA", expected a type of records, such as AAAA, or * for all
            acl {~block type net *~}               | 3:7: type has no value; expected a type of records, such as AAAA, or * for all
            acl {~block net 10.0.0.0/33~}          | 3:11: net: found "10.0.0.0/33", expected an address or a prefix, such as 10.0.0.0/8 or fd00::1, or * for all
            cache~cache                            | 3:1: cache may stand once in a server block, and already stands at Corefile:2:1; remove one of them
            cache 0                                | 2:7: cache: found "0", expected a whole number 1 or more
            cache {~success~}                      | 3:1: success has no value; expected a whole number 0 or more
            cache {~success x~}                    | 3:9: success: found "x", expected a whole number 0 or more
            cache {~success 1 0~}                  | 3:11: success: found "0", expected a whole number 1 or more
            cache {~denial 1 1 -1~}                | 3:12: denial: found "-1", expected a whole number 0 or more
            cache {~denial 1 1 1 1~}               | 3:14: denial: found "1", expected nothing more: denial CAPACITY [TTL] [MINTTL]
            cache {~prefetch~}                     | 3:1: prefetch has no value; expected a whole number 0 or more
            cache {~prefetch 1 1m 10~}             | 3:15: prefetch: found "10", expected a whole number of percent from 10% to 90%, such as 10%
            cache {~prefetch 1 1m 9%~}             | 3:15: prefetch: found "9%", expected a whole number of percent from 10% to 90%, such as 10%
            cache {~serve_stale 1~}                | 3:13: serve_stale: found "1", expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            cache {~serve_stale 1h verfy~}         | 3:16: serve_stale: found "verfy", expected one of immediate, verify; did you mean "verify"?
            cache {~serve_stale 1h immediate 1ms~} | 3:26: serve_stale: found "1ms", expected a time of whole seconds, such as 30s
            cache {~serve_stale 1h immediate 1s 6m~} | 3:29: serve_stale: found "6m", expected a time from 0s to 5m, such as 5s
            cache {~serve_stale_policy prefer_positive~} | 3:1: serve_stale_policy stands without serve_stale; add serve_stale, or remove the line
            cache {~servfail 6m~}                  | 3:10: servfail: found "6m", expected a time from 0s to 5m, such as 5s
            cache {~disable~}                      | 3:1: disable has no value; expected success or denial, and zones
            cache {~disable sucess~}               | 3:9: disable: found "sucess", expected success or denial; did you mean "success"?
            cache {~bytes 1~}                      | 3:7: bytes: found "1", expected a whole number of octets from 65536 to 2147483647
            cache {~keepttl x~}                    | 3:9: keepttl: found "x", expected nothing more: keepttl
            dnstap                                 | 2:1: dnstap has no value; expected a socket: /PATH, unix:///PATH, tcp://ADDRESS:PORT or tls://ADDRESS:PORT (host names are not looked up), or listen and a socket
            dnstap tcp://:6000                     | 2:8: dnstap: found "tcp://:6000", expected a socket: /PATH, unix:///PATH, tcp://ADDRESS:PORT or tls://ADDRESS:PORT (host names are not looked up), or listen and a socket
            dnstap /t full 1025                     | 2:16: dnstap: found "1025", expected a whole number from 1 to 1024
            dnstap /t full 8                       | 2:16: warning: dnstap: the size of the buffer, 8, has no effect here: the system chooses it
            dnstap /t {~tls c k~}                  | 3:1: dnstap: unknown option "tls"; known are identity, version, extra, skipverify
            dnstap listen                          | 2:1: dnstap has no value; expected a socket to listen at: /PATH, unix:///PATH, tcp://ADDRESS:PORT, tcp://:PORT, tls://ADDRESS:PORT or tls://:PORT
            dnstap listen tls://:6000              | 2:15: dnstap: found tls://:6000 without a certificate, expected a line tls CERTIFICATE KEY [AUTHORITY] in braces
            dnstap listen tls://:6000 {~tls c~}    | 3:1: tls has no value; expected two or three files: tls CERTIFICATE KEY [AUTHORITY]
            loadbalance random                     | 2:13: loadbalance: found "random", expected round_robin, or weighted and the path of a file
            loadbalance round_robin x              | 2:25: loadbalance: found "x", expected nothing more: loadbalance round_robin
            loadbalance weighted                   | 2:13: loadbalance: weighted has no value; expected the path of a file
            loadbalance {~prefer 10.0.0.1~}        | 3:8: prefer: found "10.0.0.1", expected a prefix, such as 10.0.0.0/8 or fd00::/8
            loadbalance {~reload 1s~}              | 3:1: loadbalance: unknown option "reload"; known are prefer
            dns64 10.0.0.0/8                       | 2:7: dns64: found "10.0.0.0/8", expected an IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits, such as 64:ff9b::/96
            dns64 {~prefix~}                       | 3:1: prefix has no value; expected an IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits, such as 64:ff9b::/96
            forward                                | 2:1: forward: found 0 words behind it, expected forward FROM TO…, such as "forward . /etc/resolv.conf"
            forward .                              | 2:1: forward: found 1 word behind it, expected forward FROM TO…, such as "forward . /etc/resolv.conf"
            forward . quic://9.9.9.9               | 2:11: forward: upstreams over quic:// are not supported yet by this version; write tls:// or https://
            forward . grpc://9.9.9.9               | 2:11: forward: found "grpc://9.9.9.9", expected one of dns://, tls:// and https:// before the address, or nothing
            forward . https://9.9.9.9/dns          | 2:11: forward: found "https://9.9.9.9/dns", expected no path: questions go to /dns-query (RFC 8484); write https:// and the address
            forward . fe80::1%eth0                 | 2:11: forward: found "fe80::1%eth0", expected no % behind the address of plain DNS: zones, as in fe80::1%eth0, are not supported yet
            forward . tls://9.9.9.9%               | 2:11: forward: found "tls://9.9.9.9%", expected the server's name behind %, such as tls://9.9.9.9%dns.quad9.net
            forward . 10.0.0.300                   | 2:11: forward: found "10.0.0.300", expected the address of a DNS server, such as 10.0.0.1, [fd00::1]:5353, tls://9.9.9.9%dns.quad9.net or https://9.9.9.9, a host's name, or the path of a file like /etc/resolv.conf
            forward . 10.0.0.1:0                   | 2:11: forward: found "10.0.0.1:0", expected the address of a DNS server, such as 10.0.0.1, [fd00::1]:5353, tls://9.9.9.9%dns.quad9.net or https://9.9.9.9, a host's name, or the path of a file like /etc/resolv.conf
            forward . 1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4 1.1.1.5 1.1.1.6 1.1.1.7 1.1.1.8 1.1.1.9 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 | 2:11: forward: found 16 upstreams, expected at most 15
            forward . 10.0.0.1 {~policy rnd~}      | 3:8: policy: found "rnd", expected one of random, round_robin, sequential
            forward . 10.0.0.1 {~force_tcp x~}     | 3:11: force_tcp: found "x", expected nothing more: force_tcp
            forward . tls://10.0.0.1%a {~tls_servername x~} | 3:1: tls_servername: found beside the name of tls://10.0.0.1:853%a, expected only one of them; remove tls_servername, or the part behind %
            forward . 10.0.0.1 {~tls a b c d~}     | 3:11: tls: found 4 files, expected tls, tls AUTHORITY, tls CERTIFICATE KEY or tls CERTIFICATE KEY AUTHORITY
            forward . 10.0.0.1 {~doh_method get~}  | 3:12: doh_method: found "get", expected POST or GET
            forward . 10.0.0.1 {~read_timeout 0s~} | 3:14: read_timeout: found "0s", expected a time of more than 0s with its unit (ns, us, ms, s, m, h), such as 2s
            forward . 10.0.0.1 {~max_age 9s~}      | 3:1: max_age: found 9s, expected 0s for any age, or no less than expire (10s)
            forward . 10.0.0.1 {~max_idle_conns -1~} | 3:16: max_idle_conns: found "-1", expected a whole number 0 or more
            forward . 10.0.0.1 {~max_connect_attempts x~} | 3:22: max_connect_attempts: found "x", expected a whole number 0 or more
            forward . 10.0.0.1 {~next~}            | 3:1: next has no value; expected response codes, such as SERVFAIL NXDOMAIN
            forward . 10.0.0.1 {~next NXDOMIAN~}   | 3:6: next: found "NXDOMIAN", expected a response code: NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, YXDOMAIN, YXRRSET, NXRRSET, NOTAUTH, NOTZONE, DSOTYPENI, BADSIG, BADKEY, BADTIME, BADMODE, BADNAME, BADALG, BADTRUNC, BADCOOKIE; did you mean "NXDOMAIN"?
            forward . 10.0.0.1 {~failover NOERROR~} | 3:1: failover: found NOERROR, which is no failure; remove it, or see next_on_nodata
            forward . 10.0.0.1 {~next_on_nodata x~} | 3:16: next_on_nodata: found "x", expected nothing more: next_on_nodata
            forward . 10.0.0.1 {~source_address eth0~} | 3:16: source_address: found "eth0", expected an IP address of this host, such as 10.0.0.5
            forward . a.org {~resolver ns.a.org~}  | 3:10: resolver: found "ns.a.org", expected the address of a DNS server that knows the upstreams' names, such as 10.96.0.10 or 10.96.0.10:53
            forward . a.org {~resolver~}           | 3:1: resolver has no value; expected the address of a DNS server that knows the upstreams' names, such as 10.96.0.10 or 10.96.0.10:53
            forward . 10.0.0.1 {~max_concurent 1~} | 3:1: forward: unknown option "max_concurent"; did you mean "max_concurrent"?
            forward . 10.0.0.1 {~max_fails -1~}    | 3:11: max_fails: found "-1", expected a whole number 0 or more
            forward . 10.0.0.1 {~health_check 1s x~} | 3:17: health_check: found "x", expected TIME [no_rec] [domain NAME]
            forward . 10.0.0.1 {~expire 1s~expire 2s~} | 3:1: warning: expire stands here and at Corefile:4:1; the last one counts, remove the other
            forward 10.0.0.0/15 10.0.0.1           | 2:9: warning: forward: prefix "10.0.0.0/15" covers 2 reverse zones, and only 0.10.in-addr.arpa. is forwarded; write one forward line per zone
            loop~loop                              | 3:1: loop may stand once in a server block, and already stands at Corefile:2:1; remove one of them
            loop x                                 | 2:6: loop: found "x", expected nothing more: loop
            loop {~x~}                             | 3:1: loop: unknown option "x"; there are none
            autopath                               | 2:1: autopath: found 0 words behind it, expected autopath [ZONE…] @kubernetes, or the path of a file like /etc/resolv.conf at the end
            autopath a.org @etcd                   | 2:16: autopath: found "@etcd", expected autopath [ZONE…] @kubernetes, or the path of a file like /etc/resolv.conf at the end
            k8s_external {~apex a.b~}              | 3:6: apex: found "a.b", expected a label of at most 63 letters, digits and hyphens, such as dns
            k8s_external {~ttl 3601~}              | 3:5: ttl: found "3601", expected a whole number from 0 to 3600
            transfer                               | 2:1: transfer: nobody is named; add a line: to * for everybody, or IP addresses, such as 10.240.1.1
            transfer {~to~}                        | 3:1: to has no value; expected * for everybody, or IP addresses, such as 10.240.1.1
            transfer {~to 10.0.0.0/8~}             | 3:4: to: found "10.0.0.0/8", expected * for everybody, or IP addresses, such as 10.240.1.1
            transfer {~to *~source x~}             | 4:8: source: found "x", expected an IP address of this machine, such as 10.0.0.1
            kubernetes in-addr.arpa                | 2:1: kubernetes: found only reverse zones (in-addr.arpa.), expected a cluster's zone too; write it here, such as "kubernetes cluster.local in-addr.arpa"
            kubernetes … {~ttl 3601~}              | 3:5: ttl: found "3601", expected a whole number from 0 to 3600
            kubernetes … {~ttl 1 2~}               | 3:7: ttl: found "2", expected nothing more: ttl VALUE
            kubernetes … {~namespaces~}            | 3:1: namespaces has no value; expected names of namespaces
            kubernetes … {~namespaces a~namespace_labels b=c~} | 4:1: kubernetes: namespaces and namespace_labels exclude each other; keep one of them
            kubernetes … {~labels a=(~}            | 3:8: labels: found "a=(", expected a label selector, such as app=web,tier!=cache
            kubernetes … {~ignore services~}       | 3:8: ignore: found "services", expected empty_service
            kubernetes … {~zonal~noendpoints~}     | 3:1: kubernetes: zonal and noendpoints exclude each other, for zonal names lead to endpoints; keep one of them
            kubernetes … {~multicluster~}          | 3:1: multicluster has no value; expected zones of the plugin, such as clusterset.local
            kubernetes … {~multicluster a.org~}    | 3:14: multicluster: found "a.org", expected one of the plugin's zones (cluster.local.); add it to the line of kubernetes
            kubernetes … 10.0.0.0/8 {~multicluster 10.0.0.0/8~} | 3:14: multicluster: found "10.0.0.0/8", expected one of the plugin's zones (cluster.local.); add it to the line of kubernetes
            kubernetes … {~compat kube-dns~}       | 3:8: compat: found "kube-dns", expected one of none, coredns
            kubernetes … {~upstream~}              | 3:1: warning: kubernetes: option upstream has had no effect since CoreDNS 1.7 and has none here; remove the line
            kubernetes … {~transfer to *~}         | 3:1: warning: kubernetes: option transfer has had no effect since CoreDNS 1.7 and has none here; remove the line
            kubernetes … {~resyncperiod 5m~}       | 3:1: warning: kubernetes: option resyncperiod has had no effect since CoreDNS 1.7 and has none here; remove the line
            kubernetes … {~endpoint ftp://h~}       | 3:10: endpoint: found "ftp://h", expected the URL of an API server, such as https://10.0.0.1:6443
            kubernetes … {~tls a b c~}             | 3:1: warning: kubernetes: tls has no effect; the account of the Pod, as there is no endpoint, goes before it. Remove the line
            kubernetes … {~tls a b~endpoint https://h~} | 3:1: tls: found 2 files, expected three: tls CERTIFICATE KEY AUTHORITY
            kubernetes … {~kubeconfig a b c~}      | 3:1: kubeconfig: found 3 words, expected kubeconfig FILE [CONTEXT]
            kubernetes … {~startup_timeout soon~}  | 3:17: startup_timeout: found "soon", expected a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m
            prometheus :9153 x                     | 2:18: prometheus: found "x", expected nothing more: prometheus [ADDRESS:PORT]
            prometheus {~tls~}                     | 3:1: tls has no value; expected a word
            prometheus {~runtime_metrics~}         | 3:1: warning: prometheus: runtime_metrics is about Go's runtime and has no effect here; the JVM's meters are always there, as jvm_…
            """)
    void areRemarkedUpon(String lines, String expected) {
        assertThat(PlanText.remarks(block(lines))).isEqualTo("Corefile:" + expected);
    }

    private static String block(String lines) {
        return "cluster.local {\n" + lines.replace('~', '\n').replace("…", "cluster.local") + "\n}";
    }
}
