package io.waymark.dns.plan;

import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.corefile.stage.ListenAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a Corefile says at one moment.
/// @param sha512 in hexadecimal, of its text and of everything that it imports, so that two versions
///               with one hash say the same
/// @param read   what compiling it gives
public record CorefileVersion(String sha512, PlanRead read) {

    /// Reads and compiles a text; see [ServerPlan#read].
    public static CorefileVersion read(String file, String text, Host host, ListenAddress unbound) {
        var digest = digest();
        update(digest, text);
        var digested = new Host(host.environment(), digested(host.imports(), digest), host.interfaces());
        var read = ServerPlan.read(file, text, digested, unbound);
        return new CorefileVersion(HexFormat.of().formatHex(digest.digest()), read);
    }

    /// A Corefile that cannot be read at all.
    public static CorefileVersion unreadable(PlanRead.Failed why) {
        var digest = digest();
        update(digest, why.problems().toString());
        return new CorefileVersion(HexFormat.of().formatHex(digest.digest()), why);
    }

    private static ImportResolver digested(ImportResolver imports, MessageDigest digest) {
        return (importingFile, pattern) -> {
            var resolution = imports.resolve(importingFile, pattern);
            switch (resolution) {
                case ImportResolver.Resolution.Files(var files) ->
                    files.forEach(file -> {
                        update(digest, file.name());
                        update(digest, file.text());
                    });
                case ImportResolver.Resolution.Refused(var why) -> update(digest, why);
            }
            return resolution;
        };
    }

    // With its length, so that no text can pass for two.
    private static void update(MessageDigest digest, String text) {
        var octets = text.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(octets.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(octets);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-512", impossible);
        }
    }
}
