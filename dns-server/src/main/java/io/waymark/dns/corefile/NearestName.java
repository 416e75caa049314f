package io.waymark.dns.corefile;

import java.util.Collection;
import java.util.Optional;

/// Which known name somebody may have meant.
public final class NearestName {
    /// Longer words are no slips of the finger.
    private static final int LENGTH_MAX = 40;

    private NearestName() {}

    /// The known name that the fewest insertions, deletions, replacements and swaps of neighbours
    /// lead to; the first of equals. Empty if that would change more than a third of the word.
    public static Optional<String> of(String word, Collection<String> known) {
        Optional<String> nearest = Optional.empty();
        int fewest = Math.max(1, word.length() / 3) + 1;
        for (String name : known) {
            boolean near = Math.abs(word.length() - name.length()) < fewest;
            int distance = near ? distance(word, name) : fewest;
            if (distance < fewest) {
                fewest = distance;
                nearest = Optional.of(name);
            }
        }
        return nearest;
    }

    /// `; did you mean "forward"?`, or nothing if no known name is near.
    public static String hint(String word, Collection<String> known) {
        return of(word, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    private static int distance(String from, String to) {
        if (from.length() > LENGTH_MAX || to.length() > LENGTH_MAX) {
            return Integer.MAX_VALUE;
        }
        var cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(int[][] cost, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
