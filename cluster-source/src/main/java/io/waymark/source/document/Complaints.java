package io.waymark.source.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/// What is wrong with one object, gathered while it is read, so that one message can say it all.
public final class Complaints {
    /// More are counted only: who mends the first ones sees the rest on the next look.
    private static final int TOLD_MAX = 5;

    private record Complaint(String path, int line, int column, String text) {}

    private final List<Complaint> complaints = new ArrayList<>();

    /// Notes a complaint about a field; a second one about the same field adds nothing.
    public void add(String path, Node node, String text) {
        var mark = node.getStartMark();
        boolean known = complaints.stream().anyMatch(other -> other.path.equals(path));
        if (!known) {
            complaints.add(new Complaint(path, mark.getLine() + 1, mark.getColumn() + 1, text));
        }
    }

    public boolean isEmpty() {
        return complaints.isEmpty();
    }

    /// All of it as one problem, at the place of the first. `object` names what it is about.
    public DocumentProblem problem(String file, String object) {
        var first = complaints.getFirst();
        var text = new StringBuilder(object).append(": ").append(told(first));
        for (var further : complaints.subList(1, Math.min(complaints.size(), TOLD_MAX))) {
            text.append("; line ").append(further.line).append(": ").append(told(further));
        }
        if (complaints.size() > TOLD_MAX) {
            text.append("; and ").append(complaints.size() - TOLD_MAX).append(" more");
        }
        return new DocumentProblem(file, first.line, first.column, text.toString());
    }

    /// Each by itself at its own place, in the order of the text.
    public List<DocumentProblem> problems(String file) {
        return complaints.stream()
                .map(complaint -> new DocumentProblem(file, complaint.line, complaint.column, told(complaint)))
                .sorted(Comparator.comparingInt(DocumentProblem::line).thenComparingInt(DocumentProblem::column))
                .toList();
    }

    private static String told(Complaint complaint) {
        return complaint.path.isEmpty() ? complaint.text : complaint.path + ": " + complaint.text;
    }
}
