package io.waymark.source.kubernetes.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// A reply's head (RFC 9112 §4, §5) and its body.
public final class HttpReply {
    private static final int LINE_MAX = 8 << 10;
    private static final int LINES_MAX = 128;
    private static final int GZIP_BUFFER_OCTETS = 32 << 10;
    private static final int REFUSAL_OCTETS_MAX = 64 << 10;

    private final int status;
    private final Map<String, String> fields;
    private final HttpBody body;

    private HttpReply(int status, Map<String, String> fields, HttpBody body) {
        this.status = status;
        this.fields = fields;
        this.body = body;
    }

    static HttpReply read(HttpInput input) throws IOException {
        int status = statusOf(input.line(LINE_MAX));
        var fields = new HashMap<String, String>();
        for (int lines = 0; ; lines++) {
            var line = input.line(LINE_MAX);
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || lines == LINES_MAX) {
                throw new IOException("malformed HTTP: a head with the line \"" + line + "\"");
            }
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new HttpReply(status, fields, new HttpBody(input, framing(fields)));
    }

    private static int statusOf(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [2-5][0-9][0-9]( .*)?")) {
            throw new IOException(
                    "expected HTTP/1.1 and a status, found \"" + line + "\"; is this the API server, and is it https?");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static HttpBody.Framing framing(Map<String, String> fields) throws IOException {
        if (fields.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return new HttpBody.Framing.Chunked();
        }
        var length = fields.get("content-length");
        if (length == null) {
            return new HttpBody.Framing.UntilClose();
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new IOException("malformed HTTP: content-length is \"" + length + "\"");
        }
        return new HttpBody.Framing.Length(Long.parseLong(length));
    }

    public int status() {
        return status;
    }

    /// The body's octets, unpacked if they came packed.
    public InputStream body() throws IOException {
        return fields.getOrDefault("content-encoding", "").equals("gzip")
                ? new GZIPInputStream(body, GZIP_BUFFER_OCTETS)
                : body;
    }

    /// The body of a refusal, up to 64 KiB of it.
    public byte[] refusal() throws IOException {
        return body().readNBytes(REFUSAL_OCTETS_MAX);
    }

    /// Reads what is left of a body whose content has been read: the last chunk, of size 0.
    void finish() throws IOException {
        var rest = new byte[512];
        int reads = 0;
        while (!body.isSpent() && reads++ < 8 && body.read(rest, 0, rest.length) >= 0) {}
    }

    /// Whether the connection can carry another request.
    boolean leavesConnectionOpen() {
        return body.isSpent() && !fields.getOrDefault("connection", "").equalsIgnoreCase("close");
    }
}
