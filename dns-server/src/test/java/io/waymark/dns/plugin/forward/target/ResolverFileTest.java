package io.waymark.dns.plugin.forward.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.records.address.IpAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// resolv.conf(5).
class ResolverFileTest {
    @Test
    void nameServersAreReadInTheirOrderAndEachOnce() {
        assertThat(ResolverFile.servers("""
                # a comment
                search example.com
                nameserver 192.0.2.1
                nameserver\tfd00::1   # trailing
                nameserver 192.0.2.1
                nameserver fe80::1%eth0
                options ndots:5
                """)).containsExactly(IpAddress.of("192.0.2.1"), IpAddress.of("fd00::1"));
    }

    @Test
    void aFileThatIsNotThereIsRefused(@TempDir Path folder) {
        var file = folder.resolve("resolv.conf");
        assertThatThrownBy(() -> ResolverFile.read(file, "Corefile:3:15"))
                .hasMessageStartingWith("Corefile:3:15: forward to " + file + ": there is no such file; name a file");
    }
}
