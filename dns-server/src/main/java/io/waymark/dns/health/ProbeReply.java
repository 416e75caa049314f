package io.waymark.dns.health;

/// What a probe is answered.
/// @param status an HTTP status code; 200 is good
public record ProbeReply(int status, String body) {
    public static final ProbeReply OK = new ProbeReply(200, "OK");
}
