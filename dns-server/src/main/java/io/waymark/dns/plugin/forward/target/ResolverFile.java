package io.waymark.dns.plugin.forward.target;

import io.waymark.dns.plugin.forward.ForwardStartException;
import io.waymark.records.address.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The name servers of a file in the form of resolv.conf(5).
public final class ResolverFile {
    private ResolverFile() {}

    /// The addresses on the `nameserver` lines, in their order, each once. Throws a
    /// [ForwardStartException] if the file cannot be read.
    /// @param where the place that names the file, for the message
    public static List<IpAddress> read(Path file, String where) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw refuse(file, where, "there is no such file");
        } catch (IOException unreadable) {
            throw refuse(file, where, "it cannot be read: " + unreadable.getMessage());
        }
        return servers(text);
    }

    // A zone behind an IPv6 address (`fe80::1%eth0`) makes it no address for us.
    public static List<IpAddress> servers(String text) {
        var servers = new ArrayList<IpAddress>();
        for (var line : text.lines().toList()) {
            var words = line.strip().split("\\s+", 3);
            if (words.length > 1 && words[0].equals("nameserver")) {
                IpAddress.parse(words[1])
                        .filter(server -> !servers.contains(server))
                        .ifPresent(servers::add);
            }
        }
        return servers;
    }

    private static ForwardStartException refuse(Path file, String where, String why) {
        return new ForwardStartException(where + ": forward to " + file + ": " + why
                + "; name a file like /etc/resolv.conf, or the addresses of DNS servers");
    }
}
