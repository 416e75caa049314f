package io.waymark.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.source.document.DocumentProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Flags say what a file would.
class FlagReaderTest {
    @Test
    void noFlagsAreTheDefaults() {
        assertThat(FlagReader.read(Map.of()))
                .isInstanceOfSatisfying(
                        ConfigRead.Sound.class,
                        sound -> assertThat(sound.config()).isEqualTo(ProxyConfig.defaults(ProxyMode.IPTABLES)));
    }

    @Test
    void aFlagOfEveryModeIsThatOfTheModeInUse() {
        var read = FlagReader.read(
                Map.of("--proxy-mode", "nftables", "--iptables-sync-period", "1m", "--masquerade-all", "true"));
        assertThat(read).isInstanceOfSatisfying(ConfigRead.Sound.class, sound -> {
            assertThat(sound.config().pace().syncPeriod()).hasMinutes(1);
            assertThat(sound.config().modes().nftables().masquerading().all()).isTrue();
            assertThat(sound.config().modes().iptables().masquerading().all()).isFalse();
        });
    }

    @Test
    void eachProblemIsToldByItsFlag() {
        var read = FlagReader.read(Map.of("--proxy-mode", "nft", "--conntrack-min", "-1", "--cluster-cidr", "here"));
        assertThat(read)
                .isInstanceOfSatisfying(
                        ConfigRead.Failed.class,
                        failed -> assertThat(failed.problems())
                                .map(DocumentProblem::file)
                                .containsExactlyInAnyOrder("--proxy-mode", "--conntrack-min", "--cluster-cidr"));
    }

    @Test
    void aValueCannotSayMoreThanItsFlag() {
        var read = FlagReader.read(Map.of("--hostname-override", "a'\nmode: ipvs", "--nodeport-addresses", "primary]"));
        assertThat(read)
                .isInstanceOfSatisfying(
                        ConfigRead.Failed.class,
                        failed -> assertThat(failed.problems())
                                .map(DocumentProblem::file)
                                .containsExactly("--nodeport-addresses"));
    }

    @Test
    void everyFlagStandsForAFieldThatTheReaderKnows() {
        for (var flag : ProxyFlag.ALL) {
            var value = switch (flag.type()) {
                case TEXT -> "";
                case NUMBER -> "1";
                case FLAG -> "true";
                case LIST -> "";
            };
            var read = FlagReader.read(Map.of(flag.name(), value));
            if (read instanceof ConfigRead.Sound(var config, var warnings)) {
                assertThat(warnings).as(flag.name()).isEmpty();
            }
        }
    }
}
