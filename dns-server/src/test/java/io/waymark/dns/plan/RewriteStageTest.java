package io.waymark.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the lines of `rewrite` and `metadata` mean. `~` is a line end.
class RewriteStageTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # lines                                      ! mean, beside defaults
            metadata                                     ! metadata
            metadata a.org b.org                         ! metadata zones=a.org. b.org.
            rewrite name a b                             ! rewrite stop=name a b
            rewrite continue name a b~rewrite type A ANY ! rewrite continue=name a b, stop=type A ANY
            rewrite stop {~name regex (.*) {1}~answer auto~} ! rewrite stop=name regex (.*) {1} answer auto
            """)
    void mean(String lines, String expected) {
        assertThat(PlanText.written(block(lines))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # lines                                 ! are refused with
            metadata {~x~}                          ! 3:1: metadata: unknown option "x"; there are none
            rewrite                                 ! 2:1: rewrite: found 0 words behind "rewrite", expected [continue|stop] FIELD FROM TO
            rewrite continue                        ! 2:9: rewrite: found 0 words behind "continue", expected FIELD FROM TO
            rewrite nam a b                         ! 2:9: rewrite: field: found "nam", expected one of class, cname, edns0, name, rcode, ttl, type; did you mean "name"?
            rewrite name a                          ! 2:9: rewrite: found 1 word behind "name", expected [exact|prefix|suffix|substring|regex] FROM TO [answer …]
            rewrite name a..b c                     ! 2:14: rewrite: name: found "a..b", expected a domain name, such as web.example.org
            rewrite name regx a b                   ! 2:14: rewrite: kind of match: found "regx", expected one of exact, prefix, regex, substring, suffix; did you mean "regex"?
            rewrite name regex (a b                 ! 2:20: rewrite: regex: found "(a", expected a regular expression in Go's syntax (RE2, at most 10000 characters), such as ^web-(\\d+)[.]example[.]org[.]$
            rewrite name regex a {1}                ! 2:22: rewrite: "{1}" uses 1 groups, and the expression "a" has 0; put parentheses around what shall be one
            rewrite name exact a b metadata         ! 2:24: rewrite: metadata goes with regex only; remove it, or write an expression
            rewrite name regex (a) {2}.b metadata   ! 2:24: rewrite: "{2}.b": found "{2}", expected a group from {0} to {1} or a label of metadata such as {kubernetes/namespace}
            rewrite name regex (a) {1 metadata      ! 2:24: rewrite: "{1": a brace has no other; write {1} or {kubernetes/namespace}
            rewrite name suffix a b auto            ! 2:25: rewrite: found "auto", expected answer, or nothing more
            rewrite name suffix a b answer          ! 2:25: rewrite: found 0 words behind "answer", expected auto, name FROM TO or value FROM TO
            rewrite name suffix a b answer auto name x y ! 2:37: rewrite: answer auto and answer name exclude each other; keep one of them
            rewrite name suffix a b answer nme x y  ! 2:32: rewrite: answer: found "nme", expected one of auto, name, value; did you mean "name"?
            rewrite ttl a                           ! 2:9: rewrite: found 1 word behind "ttl", expected [exact|prefix|suffix|substring|regex] NAME TTL
            rewrite ttl a 20-10                     ! 2:15: rewrite: ttl: found "20-10", expected seconds from 0 to 4294967295, or a range of them such as 30-300, 30- or -300
            rewrite ttl a -                         ! 2:15: rewrite: ttl: found "-", expected seconds from 0 to 4294967295, or a range of them such as 30-300, 30- or -300
            rewrite type A B                        ! 2:16: rewrite: type: found "B", expected a type of records, such as AAAA
            rewrite class IN XX                     ! 2:18: rewrite: class: found "XX", expected one of ANY, CH, CS, HS, IN, NONE
            rewrite rcode a 24 NXDOMAIN             ! 2:17: rewrite: rcode: found "24", expected a response code, such as NXDOMAIN, or its number from 0 to 23
            rewrite edns0 local set 70000 x         ! 2:25: rewrite: edns0: found "70000", expected the code of an option from 0 to 65535, such as 0xffee
            rewrite edns0 local set 1 0xabc         ! 2:27: rewrite: edns0: found "0xabc", expected a text, or octets in hexadecimal such as 0x0aff
            rewrite edns0 local set 1 {qnam}        ! 2:27: rewrite: edns0: found "{qnam}", expected a variable: one of {qname}, {qtype}, {client_ip}, {client_port}, {protocol}, {server_ip}, {server_port}, or a label of metadata such as {kubernetes/namespace}; did you mean "{qname}"?
            rewrite edns0 subnet set 33 0           ! 2:26: rewrite: edns0 subnet: found "33", expected a whole number from 0 to 32
            rewrite name a b {~c~}                  ! 3:1: rewrite: a rule stands on its line or in a block, not in both; put "b" into the block, or take the block away
            """)
    void areRefused(String lines, String expected) {
        assertThat(PlanText.remarks(block(lines.replace("\\\\", "\\")))
                        .lines()
                        .findFirst()
                        .orElse(""))
                .isEqualTo("Corefile:" + expected.replace("\\\\", "\\"));
    }

    private static String block(String lines) {
        return "cluster.local {\n" + lines.replace('~', '\n') + "\n}";
    }
}
