package io.waymark.dns.plugin.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A master file in which the text of each included file stands in the place of its `$INCLUDE` line
/// (RFC 1035 §5.1): names in it are relative to the origin that the line gives, or to the one that holds
/// there, and behind it that one holds again.
///
/// Bounded: [#DEPTH_MAX] files inside each other, [#OCTETS_MAX] in all.
final class IncludedText {
    static final int DEPTH_MAX = 8;
    static final int OCTETS_MAX = 256 << 20;

    private final List<String> lines = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private long octetsLeft = OCTETS_MAX;

    /// A file cannot be read. The message says which, and why.
    static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1;

        UnreadableException(String message) {
            super(message);
        }
    }

    private IncludedText() {}

    /// Reads a file; throws if it, or one that it includes, cannot be read.
    /// @param origin as text, with the dot at the end
    static IncludedText read(Path file, String origin) throws UnreadableException {
        var text = new IncludedText();
        text.append(file, origin, 1);
        return text;
    }

    private void append(Path file, String origin, int depth) throws UnreadableException {
        var holds = origin;
        int number = 0;
        for (var line : content(file).split("\n", -1)) {
            number++;
            var words = line.split(";", 2)[0].strip().split("\\s+");
            if (words[0].equalsIgnoreCase("$INCLUDE") && words.length > 1) {
                if (depth == DEPTH_MAX) {
                    throw new UnreadableException(
                            file + ":" + number + ": more than " + DEPTH_MAX + " files include each other here");
                }
                var inner = words.length > 2 ? absolute(words[2], holds) : holds;
                add("$ORIGIN " + inner, file, number);
                append(sibling(file, words[1], number), inner, depth + 1);
                add("$ORIGIN " + holds, file, number);
            } else {
                if (words[0].equalsIgnoreCase("$ORIGIN") && words.length > 1) {
                    holds = absolute(words[1], holds);
                }
                add(line, file, number);
            }
        }
    }

    private static Path sibling(Path file, String name, int line) throws UnreadableException {
        try {
            return file.resolveSibling(name);
        } catch (InvalidPathException wrong) {
            throw new UnreadableException(file + ":" + line + ": \"" + name + "\" is no path");
        }
    }

    private static String absolute(String name, String origin) {
        if (name.equals("@")) {
            return origin;
        }
        return name.endsWith(".") ? name : name + (origin.equals(".") ? "." : "." + origin);
    }

    private void add(String line, Path file, int number) {
        lines.add(line);
        places.add(file + ":" + number);
    }

    private String content(Path file) throws UnreadableException {
        byte[] octets;
        try (var in = Files.newInputStream(file)) {
            octets = in.readNBytes((int) octetsLeft + 1);
        } catch (NoSuchFileException missing) {
            throw new UnreadableException("there is no file " + file);
        } catch (IOException refused) {
            throw new UnreadableException(
                    Files.isDirectory(file)
                            ? file + " is a folder"
                            : file + " cannot be read: " + refused.getMessage());
        }
        octetsLeft -= octets.length;
        if (octetsLeft < 0) {
            throw new UnreadableException(
                    file + " is too large: all files of a zone have at most " + OCTETS_MAX + " octets");
        }
        return new String(octets, StandardCharsets.UTF_8);
    }

    /// The lines of all files.
    String text() {
        return String.join("\n", lines) + "\n";
    }

    /// Where a line of [#text] stands: `db.example.org:3`.
    /// @param line 1 for the first
    String place(int line) {
        return places.get(Math.clamp(line - 1, 0, places.size() - 1));
    }
}
