package io.waymark.source.document;

import io.waymark.records.address.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// One place in an object: its path (`spec.ports[0].port`), what stands there, and where problems
/// go. A field that is not there reads like one that is `null`, as in the API; its problems are
/// told at the line of what it is missing from.
public final class Field {
    private static final int MERGES_MAX = 8;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

    private final String path;
    private final Node node;
    private final Complaints complaints;

    private Field(String path, Node node, Complaints complaints) {
        this.path = path;
        this.node = node;
        this.complaints = complaints;
    }

    /// The object itself.
    public static Field root(Node node, Complaints complaints) {
        return new Field("", node, complaints);
    }

    /// The field of that name below this one.
    public Field child(String name) {
        String childPath = path.isEmpty() ? name : path + "." + name;
        if (node instanceof MappingNode mapping) {
            return new Field(childPath, find(mapping, name, 0).orElseGet(this::nothing), complaints);
        }
        if (!isAbsent()) {
            complain("found " + described() + "; expected a mapping of field names to values");
        }
        return new Field(childPath, nothing(), complaints);
    }

    /// Own keys win over those that `<<` brings in.
    private static Optional<Node> find(MappingNode mapping, String name, int merges) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return Optional.of(tuple.getValueNode());
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            boolean merge = tuple.getKeyNode().getTag().equals(Tag.MERGE) && merges < MERGES_MAX;
            if (merge && tuple.getValueNode() instanceof MappingNode merged) {
                var found = find(merged, name, merges + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Node nothing() {
        return new ScalarNode(Tag.NULL, "", node.getStartMark(), node.getEndMark(), ScalarStyle.PLAIN);
    }

    public boolean isAbsent() {
        return node.getTag().equals(Tag.NULL);
    }

    /// Whether the field is there and is no empty text.
    public boolean isGiven() {
        return !isAbsent()
                && !(node instanceof ScalarNode scalar && scalar.getValue().isEmpty());
    }

    /// The text, or empty if the field is not there. A number or truth value is no text: the API
    /// refuses it too.
    public String text() {
        if (isAbsent()) {
            return "";
        }
        if (node instanceof ScalarNode scalar && isText(scalar)) {
            return scalar.getValue();
        }
        String quoted = node instanceof ScalarNode scalar ? ", so write \"" + scalar.getValue() + "\" in quotes" : "";
        complain("found " + described() + "; expected text" + quoted);
        return "";
    }

    /// Dates and, with their colons, base-60 numbers are YAML 1.1's idea only; IPv6 looks alike.
    private static boolean isText(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.STR)
                || scalar.getTag().equals(Tag.TIMESTAMP)
                || scalar.isPlain() && scalar.getValue().indexOf(':') >= 0;
    }

    /// The text if it is as `valid` wants it or empty; otherwise a problem and the empty text.
    public String text(Predicate<String> valid, String expected) {
        var text = text();
        if (text.isEmpty() || valid.test(text)) {
            return text;
        }
        complainAbout(text, expected);
        return "";
    }

    /// A whole number within bounds; empty if the field is not there.
    public OptionalInt integer(int min, int max) {
        if (isAbsent()) {
            return OptionalInt.empty();
        }
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            var digits = scalar.getValue();
            if (digits.matches("-?[0-9]{1,9}")) {
                int value = Integer.parseInt(digits);
                if (value >= min && value <= max) {
                    return OptionalInt.of(value);
                }
            }
        }
        complain("found " + described() + "; expected a whole number from " + min + " to " + max);
        return OptionalInt.empty();
    }

    /// A number with or without a fraction; empty if the field is not there.
    public OptionalDouble decimal() {
        if (isAbsent()) {
            return OptionalDouble.empty();
        }
        boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        if (number
                && node instanceof ScalarNode scalar
                && DECIMAL.matcher(scalar.getValue()).matches()) {
            return OptionalDouble.of(Double.parseDouble(scalar.getValue()));
        }
        complain("found " + described() + "; expected a number");
        return OptionalDouble.empty();
    }

    /// The names of the fields below this one, those that `<<` brings in left out.
    public List<String> names() {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(key ->
                                key instanceof ScalarNode && !key.getTag().equals(Tag.MERGE))
                        .map(key -> ((ScalarNode) key).getValue())
                        .toList()
                : List.of();
    }

    /// What can be said of this place without calling it a problem of the object.
    public DocumentProblem remark(String file, String text) {
        var mark = node.getStartMark();
        return new DocumentProblem(file, mark.getLine() + 1, mark.getColumn() + 1, path + ": " + text);
    }

    public boolean isNumber() {
        return node.getTag().equals(Tag.INT);
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /// Where it begins, counted from 1.
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /// True or false, or `otherwise` if the field is not there.
    public boolean flag(boolean otherwise) {
        if (isAbsent()) {
            return otherwise;
        }
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return switch (scalar.getValue().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> true;
                default -> false;
            };
        }
        complain("found " + described() + "; expected true or false");
        return otherwise;
    }

    /// An IP address; empty if there is none or it is a problem.
    public Optional<IpAddress> address() {
        var text = text();
        var address = IpAddress.parse(text);
        if (address.isEmpty() && isGiven()) {
            complainAbout(text, "an IP address, such as 10.96.0.10 or fd00::10");
        }
        return address;
    }

    /// The items of a list; none if the field is not there.
    public List<Field> items() {
        if (isAbsent()) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            complain("found " + described() + "; expected a list");
            return List.of();
        }
        var items = new ArrayList<Field>(sequence.getValue().size());
        for (var item : sequence.getValue()) {
            items.add(new Field(path + "[" + items.size() + "]", item, complaints));
        }
        return items;
    }

    /// A mapping of texts to texts, such as labels.
    public Map<String, String> texts() {
        if (isAbsent()) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            complain("found " + described() + "; expected a mapping of texts to texts");
            return Map.of();
        }
        var texts = new LinkedHashMap<String, String>();
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !key.getTag().equals(Tag.MERGE)) {
                texts.put(key.getValue(), child(key.getValue()).text());
            }
        }
        return texts;
    }

    public Node node() {
        return node;
    }

    public void complain(String text) {
        complaints.add(path, node, text);
    }

    public void complainAbout(String found, String expected) {
        complain("found " + (found.isEmpty() ? "nothing" : found) + "; expected " + expected);
    }

    private String described() {
        if (!(node instanceof ScalarNode scalar)) {
            return node instanceof MappingNode ? "a mapping" : "a list";
        }
        return scalar.isPlain() ? scalar.getValue() : '"' + scalar.getValue() + '"';
    }
}
