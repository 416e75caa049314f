package io.waymark.source.directory;

import io.waymark.source.SourceScope;
import io.waymark.source.manifest.Manifest;
import io.waymark.source.manifest.ManifestRead.Objects;
import io.waymark.source.manifest.ManifestRead.Rejected;
import io.waymark.source.manifest.ManifestRead.Unreadable;
import io.waymark.source.manifest.ManifestReader;
import io.waymark.source.manifest.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One file over time: what it last said that was good, and what is wrong with it now.
///
/// It is read when two looks in a row see it the same, so that a file is seldom read while
/// somebody writes it. What is read half-written nevertheless is most often no YAML: then, as with
/// everything that cannot be read, the last good objects stay.
final class ManifestFile {
    static final int OCTETS_MAX = 64 << 20;
    private static final int TOLD_MAX = 20;
    private static final byte[] NO_OCTETS = {};

    private final Path path;
    private final SourceScope scope;
    private Optional<FileStamp> seen = Optional.empty();
    private Optional<FileStamp> read = Optional.empty();
    private boolean telling;
    /// What was read, as long as the stamp may not tell of a change.
    private byte[] unsure = NO_OCTETS;
    private boolean missed;
    private List<Manifest> objects = List.of();
    private List<String> complaints = List.of();
    private Map<String, Integer> ignored = Map.of();

    ManifestFile(Path path, SourceScope scope) {
        this.path = path;
        this.scope = scope;
    }

    /// Takes notice of the file as it is now, and reads it if that seems worthwhile.
    /// @param atOnce whether to read a file though it was not seen like this before
    /// @return whether anything it says, good or bad, may be other than before
    boolean look(FileStamp stamp, Instant now, boolean atOnce) {
        boolean settled = atOnce || seen.equals(Optional.of(stamp));
        seen = Optional.of(stamp);
        missed = false;
        boolean known = telling && read.equals(Optional.of(stamp));
        if (!settled || known) {
            return false;
        }
        return switch (stamp.form()) {
            case FILE -> readFile(stamp, now);
            case LINK_TO_NOTHING -> refuse("the link leads to nothing");
            case OTHER -> refuse("found neither file nor directory; expected one");
        };
    }

    /// Takes notice that the file is not there; true when it is missed for the second time, and so
    /// is not just being replaced.
    boolean isGone() {
        boolean before = missed;
        missed = true;
        return before;
    }

    private boolean readFile(FileStamp stamp, Instant now) {
        if (stamp.size() > OCTETS_MAX) {
            return refuse("found " + stamp.size() + " octets; expected at most " + OCTETS_MAX + ": split it");
        }
        byte[] octets;
        try (var in = Files.newInputStream(path)) {
            octets = in.readNBytes(OCTETS_MAX);
            var after = FileStamp.of(Files.readAttributes(path, BasicFileAttributes.class));
            if (!after.equals(stamp) && read.isPresent()) {
                return false;
            }
        } catch (IOException e) {
            return refuse("cannot be read: " + ManifestTree.reason(e));
        }
        boolean same = !telling && read.isPresent() && Arrays.equals(unsure, octets);
        read = Optional.of(stamp);
        telling = stamp.isTelling(now);
        unsure = telling ? NO_OCTETS : octets;
        if (same) {
            return false;
        }
        if (octets.length == 0 && !objects.isEmpty()) {
            // An editor on a full disk leaves this behind. Who means it can delete the file.
            complaints = List.of(path + ": found an empty file; its last good objects stay until it is deleted");
            return true;
        }
        switch (ManifestReader.read(path.toString(), octets, scope)) {
            case Unreadable(var problem) -> complaints = List.of(problem + fate(objects.isEmpty()));
            case Objects(var found, var rejected, var others) -> accept(found, rejected, others);
        }
        return true;
    }

    private static String fate(boolean nothingKept) {
        return nothingKept ? "; nothing of this file is served" : "; the last good objects of this file stay";
    }

    private boolean refuse(String reason) {
        var before = complaints;
        read = Optional.empty();
        complaints = List.of(path + ": " + reason + fate(objects.isEmpty()));
        return !complaints.equals(before);
    }

    /// A rejected object stays as it last was, if it can be told which it was.
    private void accept(List<Manifest> found, List<Rejected> rejected, Map<String, Integer> others) {
        var missing = new LinkedHashMap<ObjectKey, Manifest>();
        objects.forEach(earlier -> missing.put(earlier.key(), earlier));
        var known = Set.copyOf(missing.keySet());
        found.forEach(manifest -> missing.remove(manifest.key()));
        var kept = new ArrayList<>(found);
        var told = new ArrayList<String>();
        for (var one : rejected) {
            var meant = missing.values().stream()
                    .filter(earlier -> one.mayBe(earlier.key(), known))
                    .toList();
            kept.addAll(meant);
            meant.forEach(earlier -> missing.remove(earlier.key()));
            if (told.size() < TOLD_MAX) {
                told.add(one.problem() + fate(meant, one));
            }
        }
        if (rejected.size() > TOLD_MAX) {
            told.add(path + ": " + (rejected.size() - TOLD_MAX) + " more of its objects are wrong");
        }
        objects = List.copyOf(kept);
        complaints = List.copyOf(told);
        ignored = others;
    }

    private static String fate(List<Manifest> meant, Rejected one) {
        if (meant.isEmpty()) {
            return "; it is left out";
        }
        boolean itself = Optional.of(meant.getFirst().key()).equals(one.key());
        String others = meant.size() == 1 ? "" : " and " + (meant.size() - 1) + " more";
        return itself ? "; its last good form stays" : "; " + meant.getFirst().key() + others + " stays as it was";
    }

    Path path() {
        return path;
    }

    /// What it last said that was good.
    List<Manifest> objects() {
        return objects;
    }

    /// What is wrong with it, none if it is good.
    List<String> complaints() {
        return complaints;
    }

    /// How many objects of each kind nothing is made of.
    Map<String, Integer> ignored() {
        return ignored;
    }

    /// When it was last changed, as far as it was read.
    Instant modified() {
        return read.map(FileStamp::modified).orElse(Instant.EPOCH);
    }
}
