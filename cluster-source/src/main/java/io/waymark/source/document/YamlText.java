package io.waymark.source.document;

import java.io.StringReader;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/// YAML 1.1 as snakeyaml composes it: no Java object is ever made of a document, whatever tags it
/// carries, and an alias is the very node it points to, so that none grows into many.
public final class YamlText {
    private static final int ALIASES_MAX = 200;

    private YamlText() {}

    public static Optional<DocumentProblem> read(String file, String text, Consumer<Node> documents) {
        int count = 0;
        try {
            for (Node document : new Yaml(options(text)).composeAll(new StringReader(text))) {
                if (++count > DocumentText.DOCUMENTS_MAX) {
                    return Optional.of(at(file, document, "more than " + DocumentText.DOCUMENTS_MAX + " documents"));
                }
                if (!document.getTag().equals(Tag.NULL)) {
                    documents.accept(document);
                }
            }
            return Optional.empty();
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String context = e.getContext() == null ? "" : " " + e.getContext();
            return Optional.of(new DocumentProblem(
                    file, mark.getLine() + 1, mark.getColumn() + 1, "not YAML: " + e.getProblem() + context));
        } catch (ReaderException e) {
            String found = "U+%04X".formatted(e.getCodePoint());
            int index = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
            return Optional.of(DocumentText.problemAt(file, text, index, "not YAML: found the character " + found));
        } catch (YAMLException e) {
            // Its own bounds: these come without a place.
            return Optional.of(new DocumentProblem(file, 1, 1, "not YAML that is read here: " + e.getMessage()));
        }
    }

    private static DocumentProblem at(String file, Node node, String message) {
        var mark = node.getStartMark();
        return new DocumentProblem(file, mark.getLine() + 1, mark.getColumn() + 1, message);
    }

    private static LoaderOptions options(String text) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(ALIASES_MAX);
        options.setNestingDepthLimit(DocumentText.DEPTH_MAX);
        options.setCodePointLimit(Math.max(1, text.length()));
        options.setProcessComments(false);
        return options;
    }
}
