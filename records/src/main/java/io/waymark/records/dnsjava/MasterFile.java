package io.waymark.records.dnsjava;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.ResourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// Master files (RFC 1035 §5), all records of one text. Total: any text gives a value.
public final class MasterFile {
    /// More records than this are refused: `$GENERATE` makes many out of one line.
    public static final int RECORDS_MAX = 5_000_000;

    /// dnsjava puts the name of the file, which is none here, and the line in front of its messages.
    private static final Pattern PLACE = Pattern.compile("^[^:]*:([0-9]{1,9}): *(.*)$", Pattern.DOTALL);

    private MasterFile() {}

    /// What reading a master file gives.
    public sealed interface Read {
        /// All its records, in the order of the text.
        record Records(List<ResourceRecord> records) implements Read {}

        /// It is none.
        /// @param line 1 for the first
        /// @param why  one clause, for people
        record Unreadable(int line, String why) implements Read {}
    }

    /// Reads a text without `$INCLUDE`, which is refused: no file is opened here.
    /// @param origin what names without a dot at the end are relative to
    public static Read read(String text, DomainName origin) {
        var records = new ArrayList<ResourceRecord>();
        var octets = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (var master = new Master(octets, Name.fromString(origin.toString()), RecordText.TTL_DEFAULT)) {
            master.disableIncludes();
            for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
                switch (RecordText.ours(next)) {
                    case RecordRead.Read(var resource) -> records.add(resource);
                    case RecordRead.Unreadable(var why) -> {
                        return new Read.Unreadable(1, next.getName() + ": " + why);
                    }
                }
                if (records.size() > RECORDS_MAX) {
                    return new Read.Unreadable(1, "there are more than " + RECORDS_MAX + " records");
                }
            }
            return new Read.Records(records);
        } catch (IOException | RuntimeException unreadable) {
            // dnsjava reports some bad values, as numbers out of their range, with unchecked exceptions.
            return unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static Read unreadable(String message) {
        var place = PLACE.matcher(message);
        return place.matches()
                ? new Read.Unreadable(Integer.parseInt(place.group(1)), place.group(2))
                : new Read.Unreadable(1, message);
    }
}
