package io.waymark.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the lines of `template` and `view` mean. `~` is a line end.
class TemplateStageTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # lines                                             ! mean, beside defaults
            view a {~expr type() == 'A'~expr do()~}             ! view name=a, expr=type() == 'A', expr=do()
            template IN A                                       ! template zones=cluster.local., type=A
            template ANY ANY a.org {~match ^a ^b~rcode NXDOMAIN~fallthrough b.org~} ! template zones=a.org., type=ANY, match=^a, match=^b, rcode=NXDOMAIN, fallthrough=b.org.
            template IN A {~answer "{{ .Name }} IN A 10.0.0.1"~fallthrough~} ! template zones=cluster.local., type=A, answer={{ .Name }} IN A 10.0.0.1, fallthrough=.
            template IN A {~var x group('n')~expr x == 'a'~ederror 15 "no"~} ! template zones=cluster.local., type=A, expr=x == 'a'
            """)
    void mean(String lines, String expected) {
        assertThat(PlanText.written(block(lines))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # lines                                             ! are refused with
            view                                                ! 2:1: view has no name; write one, such as "view internal"
            view a b                                            ! 2:8: view: found "b", expected nothing more: view NAME
            view a {~expr~}                                     ! 3:1: expr has no value; expected an expression, such as type() == 'A'
            view a {~expr type() ==~}                           ! 3:15: expr: the expression ends here, expected a value
            view a {~expr type() == 'A' &&  naem() == 'x'~}     ! 3:24: expr: found "naem", expected one of bufsize
            view a {~expr name() == "a"~}                       ! 3:17: expr: found "a", expected one of bufsize
            view a~view b                                       ! 3:1: view may stand once in a server block, and already stands at Corefile:2:1; remove one of them
            template IN                                         ! 2:1: template: expected template CLASS TYPE [ZONE…], such as "template IN A"
            template XX A                                       ! 2:10: template: found "XX", expected a class: IN, CS, CH, HS, NONE or ANY
            template IN AX                                      ! 2:13: template: found "AX", expected a type of records, such as A, or ANY
            template IN A {~match (~}                           ! 3:7: match: found "(", expected a regular expression in Go's syntax (RE2, at most 10000 characters), such as ^web-(\\d+)[.]example[.]org[.]$
            template IN A {~answer "{{ .Name }} {{ .Nope }}"~}  ! 3:24: answer: found ".Nope", which templates of this version do not have; supported are .Zone
            template IN A {~rcode NOPE~}                        ! 3:7: rcode: found "NOPE", expected a response code, such as NXDOMAIN
            template IN A {~ederror x~}                         ! 3:9: ederror: found "x", expected a whole number from 0 to 65535
            template IN A {~var name 1~}                        ! 3:5: var: "name" is a function; take another name
            template IN A {~var 1x 1~}                          ! 3:5: var: found "1x", expected a name of letters, digits and _
            template IN A {~expr y == 1~}                       ! 3:6: expr: found "y", expected one of bufsize
            template IN A {~answr "x"~}                         ! 3:1: template: unknown option "answr"; did you mean "answer"?
            """)
    void areRefused(String lines, String expected) {
        assertThat(PlanText.remarks(block(lines.replace("\\\\", "\\")))
                        .lines()
                        .findFirst()
                        .orElse(""))
                .startsWith("Corefile:" + expected.replace("\\\\", "\\"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # blocks                                                                     ! because
            a {~view x {~expr do()~}~}~a {~view y {~expr do()~}~}~a {~whoami~}           ! a view each, and one block for the rest
            a {~whoami~}~a {~view y {~expr do()~}~}                                      ! the order is the operator's
            """)
    void severalBlocksServeAZoneByTheirViews(String blocks, String because) {
        assertThat(PlanText.remarks(blocks.replace('~', '\n'))).as(because).isEmpty();
        assertThat(PlanText.plan(blocks.replace('~', '\n'))
                        .listeners()
                        .getFirst()
                        .zones())
                .hasSizeGreaterThan(1);
    }

    private static String block(String lines) {
        return "cluster.local {\n" + lines.replace('~', '\n') + "\n}";
    }
}
