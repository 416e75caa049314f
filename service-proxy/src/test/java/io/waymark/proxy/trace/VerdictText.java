package io.waymark.proxy.trace;

import java.util.stream.Collectors;

/// A verdict on one line, for tables: `10.0.0.1:80 10.0.0.2:80*`, a star where the source address is
/// replaced; `reject`, `drop`, `pass`, `pass*`.
public final class VerdictText {
    private VerdictText() {}

    public static String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Dnat(var key, var targets, int affinity) ->
                targets.stream()
                        .map(target -> target.backend() + star(target.source()))
                        .collect(Collectors.joining(" "));
            case Verdict.Reject it -> "reject";
            case Verdict.Drop it -> "drop";
            case Verdict.Pass(var source) -> "pass" + star(source);
        };
    }

    private static String star(SourceAddress source) {
        return source == SourceAddress.MASQUERADED ? "*" : "";
    }
}
