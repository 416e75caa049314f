package io.waymark.dns.pipeline;

import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which of several things with an apex a question belongs to: the one with the longest. Searched
/// one by one, longest first: a Corefile has a handful of zones, and so nothing is allocated.
public final class LongestApex<T> {
    /// One apex and what is responsible for it.
    public record Apex<T>(DomainName name, T owner) {}

    private final List<Apex<T>> longestFirst;

    public LongestApex(List<Apex<T>> apexes) {
        var sorted = new ArrayList<>(apexes);
        sorted.sort(
                Comparator.comparingInt((Apex<T> apex) -> apex.name().length()).reversed());
        this.longestFirst = List.copyOf(sorted);
    }

    /// Empty if no apex is an ancestor of the name. DS at an apex belongs to the zone above it
    /// (RFC 4035 §3.1.4.1), if that is ours as well.
    public Optional<T> of(Question question) {
        return of(question, everything -> true);
    }

    /// As above, of those only that are accepted. They are asked one by one until one is, the longest
    /// apex first, and at the same apex in the order they were given.
    public Optional<T> of(Question question, Predicate<T> accepted) {
        var apex = longest(question, question.type().equals(RecordType.DS), accepted);
        if (apex.isEmpty()) {
            apex = longest(question, false, accepted);
        }
        return apex;
    }

    private Optional<T> longest(Question question, boolean above, Predicate<T> accepted) {
        for (int i = 0; i < longestFirst.size(); i++) {
            var apex = longestFirst.get(i);
            int below = question.name().labelsBelow(apex.name());
            if ((below > 0 || below == 0 && !above) && accepted.test(apex.owner())) {
                return Optional.of(apex.owner());
            }
        }
        return Optional.empty();
    }
}
