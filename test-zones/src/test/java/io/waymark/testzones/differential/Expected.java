package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What Waymark must say.
/// @param differences the rows of the table that made it out of what CoreDNS says
/// @param cut         whether CoreDNS' answer did not fit: then `told` is the whole one
record Expected(Told told, Set<String> differences, boolean cut) {

    /// Whether `waymark` is that. An answer cut to fit may hold any part of the whole: which part
    /// depends on the order of records. TC is set if something of the answer is left out.
    boolean agreesWith(Told waymark) {
        if (!cut && !waymark.isCut()) {
            return told.equals(waymark);
        }
        boolean lacks = waymark.answer().size() < told.answer().size()
                || waymark.authority().size() < told.authority().size();
        return told.with(told.rcode(), List.of(), List.of(), List.of())
                        .equals(waymark.withFlag("tc", false).with(waymark.rcode(), List.of(), List.of(), List.of()))
                && isPart(waymark.answer(), told.answer())
                && isPart(waymark.authority(), told.authority())
                && isPart(waymark.additional(), told.additional())
                && (waymark.isCut() == lacks);
    }

    private static boolean isPart(List<String> part, List<String> whole) {
        var rest = new ArrayList<>(whole);
        return part.stream().allMatch(rest::remove);
    }
}
