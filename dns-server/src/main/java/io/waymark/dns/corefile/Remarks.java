package io.waymark.dns.corefile;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// What reading and compiling one Corefile has found so far. A remark made twice at one place, as
/// by a snippet that is imported twice, is kept once. Not for more than one thread.
public final class Remarks {
    /// Characters of a message before its quotations are cut off.
    private static final int MESSAGE_MAX = 500;

    private final TreeSet<Problem> problems =
            new TreeSet<>(Comparator.comparing(Problem::position).thenComparing(Problem::message));
    private final TreeSet<Warning> warnings =
            new TreeSet<>(Comparator.comparing(Warning::position).thenComparing(Warning::message));

    public void problem(Position at, String message) {
        problems.add(Problem.at(at, oneLine(message)));
    }

    /// A problem with one token.
    public void problem(Token at, String message) {
        problem(at.at(), message);
    }

    public void warning(Position at, String message) {
        warnings.add(Warning.at(at, oneLine(message)));
    }

    /// A warning about one token.
    public void warning(Token at, String message) {
        warning(at.at(), message);
    }

    public void add(Problem problem) {
        problems.add(problem);
    }

    public void add(Warning warning) {
        warnings.add(warning);
    }

    /// In the order of their positions.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// In the order of their positions.
    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    /// Texts are quoted in messages, whatever they hold.
    private static String oneLine(String message) {
        String text = message.length() > MESSAGE_MAX ? message.substring(0, MESSAGE_MAX) + "…" : message;
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var line = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }
}
