package io.waymark.source.document;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Finds keys that stand twice in one mapping: two readers would take different ones for true.
public final class DuplicateKeys {
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Complaints complaints;

    private DuplicateKeys(Complaints complaints) {
        this.complaints = complaints;
    }

    /// Looks at every mapping of the object once, though an alias may lead to it again.
    public static void check(Node object, Complaints complaints) {
        new DuplicateKeys(complaints).visit("", object);
    }

    private void visit(String path, Node node) {
        if (node instanceof ScalarNode || !seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (var item : sequence.getValue()) {
                visit(path + "[" + index++ + "]", item);
            }
        } else if (node instanceof MappingNode mapping) {
            var keys = new HashSet<String>();
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    String childPath = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                    if (!keys.add(key.getValue()) && !key.getTag().equals(Tag.MERGE)) {
                        complaints.add(childPath, key, "the key stands here twice; expected it once");
                    }
                    visit(childPath, tuple.getValueNode());
                }
            }
        }
    }
}
