package io.waymark.dns.corefile.stage;

import java.util.Collection;
import java.util.stream.Collectors;

/// Lists as text, as a Corefile writes them.
final class Words {
    private Words() {}

    static String join(Collection<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
