package io.waymark.proxy.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.config.ConfigRead;
import io.waymark.proxy.config.FlagReader;
import io.waymark.proxy.config.ProxyConfig;
import io.waymark.proxy.netlink.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelFilesTest {
    private static final String NETFILTER = "proc/sys/net/netfilter/nf_conntrack_";
    private static final String HASH = "sys/module/nf_conntrack/parameters/hashsize";
    private static final String LOCALNET = "proc/sys/net/ipv4/conf/all/route_localnet";

    @TempDir
    private Path root;

    @BeforeEach
    void kernel() throws IOException {
        write(NETFILTER + "max", "262144");
        write(NETFILTER + "tcp_timeout_established", "432000");
        write(NETFILTER + "tcp_timeout_close_wait", "60");
        write(NETFILTER + "tcp_be_liberal", "0");
        write(NETFILTER + "udp_timeout", "30");
        write(NETFILTER + "udp_timeout_stream", "120");
        write(HASH, "65536");
        write(LOCALNET, "0");
        write("sys/devices/system/cpu/online", "0-2,5");
    }

    private void write(String file, String value) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), value + "\n");
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file)).strip();
    }

    private static ProxyConfig config(String flags) {
        Map<String, String> given = flags.isEmpty()
                ? Map.of()
                : List.of(flags.split(" ")).stream()
                        .map(flag -> flag.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
        if (FlagReader.read(given) instanceof ConfigRead.Sound(var config, var warnings)) {
            return config;
        }
        throw new IllegalArgumentException(flags);
    }

    @ParameterizedTest(name = "{0} makes {1} {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                  | max                     | 131072  | four processors times 32768
            --conntrack-min=200000              | max                     | 200000  | at least that
            --conntrack-max-per-core=1000000    | max                     | 1048576 | at most that
            --conntrack-max-per-core=0          | max                     | 262144  | left alone
            ''                                  | tcp_timeout_established | 86400   | a day
            ''                                  | tcp_timeout_close_wait  | 3600    | an hour
            --conntrack-tcp-timeout-established=0s | tcp_timeout_established | 432000 | left alone
            ''                                  | tcp_be_liberal          | 0       | left alone
            --conntrack-tcp-be-liberal=true     | tcp_be_liberal          | 1       | asked for
            ''                                  | udp_timeout             | 30      | left alone
            --conntrack-udp-timeout=10s         | udp_timeout             | 10      | asked for
            --conntrack-udp-timeout-stream=3m   | udp_timeout_stream      | 180     | asked for
            """)
    void conntrackIsAsTheConfigurationAsks(String flags, String name, String value, String because) throws IOException {
        assertThat(new KernelFiles(root).set(config(flags))).isEmpty();
        assertThat(read(NETFILTER + name)).as(because).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} makes route_localnet {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                            | 1
            --proxy-mode=nftables                                         | 0
            --iptables-localhost-nodeports=false                          | 0
            --nodeport-addresses=192.0.2.0/24                             | 0
            --nodeport-addresses=primary                                  | 0
            --nodeport-addresses=127.0.0.0/8,192.0.2.0/24                 | 1
            --nodeport-addresses=0.0.0.0/0                                | 1
            """)
    void packetsForLoopbackAreRoutedWhereNodePortsAreServedThere(String flags, String value) throws IOException {
        new KernelFiles(root).set(config(flags));
        assertThat(read(LOCALNET)).isEqualTo(value);
    }

    @Test
    void theTableHasAListForEveryFourEntriesAndNeverShrinks() throws IOException {
        write(HASH, "1024");
        new KernelFiles(root).set(config(""));
        assertThat(read(HASH)).isEqualTo("32768");
        new KernelFiles(root).set(config("--conntrack-max-per-core=1 --conntrack-min=4000"));
        assertThat(read(HASH)).isEqualTo("32768");
    }

    @Test
    void aHostThatWasPreparedMayBeReadOnly() throws IOException {
        new KernelFiles(root).set(config(""));
        var before = Files.getLastModifiedTime(root.resolve(NETFILTER + "max"));
        assertThat(new KernelFiles(root).set(config(""))).isEmpty();
        assertThat(Files.getLastModifiedTime(root.resolve(NETFILTER + "max"))).isEqualTo(before);
    }

    @Test
    void aModuleThatIsMissingIsNamed() throws IOException {
        Files.delete(root.resolve(HASH));
        assertThat(new KernelFiles(root).set(config("")))
                .containsExactly(root.resolve(HASH) + " is not there; load the kernel module nf_conntrack, or have"
                        + " conntrack.maxPerCore and conntrack.min leave it alone (0)");
    }

    /// A network namespace may not say how many connections the whole host tracks.
    @Test
    void whatTheRealKernelRefusesIsToldAndTheRestIsSet() {
        try (var namespace = TestNamespace.make()) {
            var refused = namespace.run(
                    () -> new KernelFiles(Path.of("/")).set(config("--conntrack-min=300001 --oom-score-adj=0")));
            assertThat(refused)
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("/proc/sys/net/netfilter/nf_conntrack_max cannot be set to 300001")
                            .contains("conntrack.min", "--init-only"));
            assertThat(namespace.command("cat", "/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_close_wait"))
                    .isEqualTo("3600\n");
            assertThat(namespace.command("cat", "/proc/sys/net/ipv4/conf/all/route_localnet"))
                    .isEqualTo("1\n");
        }
    }
}
