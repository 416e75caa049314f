package io.waymark.dns.listen.https;

import java.util.Base64;
import java.util.List;

/// What a request over HTTPS asks (RFC 8484 §4.1). Pure.
sealed interface DohRequest {
    String PATH = "/dns-query";
    String MEDIA_TYPE = "application/dns-message";
    /// Octets of a header: whoever sends fewer speaks no DNS.
    int QUERY_OCTETS_MIN = 12;

    /// A DNS message, whatever it holds.
    record Query(byte[] octets) implements DohRequest {}

    /// The message is in the body, which is still to come.
    record InBody() implements DohRequest {}

    /// None.
    /// @param status the HTTP status that says so
    record Bad(int status, String why) implements DohRequest {}

    /// Reads what is known before the body.
    /// @param values    of the parameter `dns`
    /// @param octetsMax of a message
    static DohRequest of(String method, String path, List<String> values, int octetsMax) {
        if (!path.equals(PATH)) {
            return new Bad(404, "there is nothing at this path; DNS is at " + PATH);
        }
        return switch (method) {
            case "POST" -> new InBody();
            case "GET" -> ofParameter(values, octetsMax);
            default -> new Bad(400, "expected GET or POST");
        };
    }

    private static DohRequest ofParameter(List<String> values, int octetsMax) {
        if (values.size() != 1) {
            return new Bad(400, "expected one parameter dns");
        }
        try {
            return ofBody(Base64.getUrlDecoder().decode(values.getFirst()), octetsMax);
        } catch (IllegalArgumentException noBase64) {
            return new Bad(400, "the parameter dns is not base64url (RFC 4648 §5)");
        }
    }

    /// Reads the body of a POST.
    static DohRequest ofBody(byte[] octets, int octetsMax) {
        if (octets.length < QUERY_OCTETS_MIN || octets.length > octetsMax) {
            return new Bad(400, "expected a DNS message of " + QUERY_OCTETS_MIN + " to " + octetsMax + " octets");
        }
        return (octets[2] & 0x80) == 0 ? new Query(octets) : new Bad(400, "expected a query, found a response");
    }
}
