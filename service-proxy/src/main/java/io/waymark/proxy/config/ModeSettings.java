package io.waymark.proxy.config;

import io.waymark.records.address.Cidr;
import java.time.Duration;
import java.util.List;

/// What each mode can be told. All three are kept whatever the mode is, as they are in the file.
public record ModeSettings(Iptables iptables, Nftables nftables, Ipvs ipvs) {

    /// With the defaults that kube-proxy gives in a mode: the pace of the mode in use only.
    static ModeSettings defaults(ProxyMode mode) {
        return new ModeSettings(
                new Iptables(Masquerading.DEFAULT, true, pace(mode, ProxyMode.IPTABLES)),
                new Nftables(Masquerading.DEFAULT, pace(mode, ProxyMode.NFTABLES)),
                new Ipvs("", List.of(), false, IpvsTimeouts.AS_THEY_ARE, pace(mode, ProxyMode.IPVS)));
    }

    static Pace pace(ProxyMode mode, ProxyMode of) {
        return mode == of ? Pace.of(of) : Pace.OF_OTHER_MODES;
    }

    /// @param bit which bit of the packet mark stands for it, 0 to 31
    /// @param all whether all packets to cluster IPs are
    public record Masquerading(int bit, boolean all) {
        static final Masquerading DEFAULT = new Masquerading(14, false);

        /// The bit as a mark.
        public int mark() {
            return 1 << bit;
        }
    }

    public record Iptables(Masquerading masquerading, boolean localhostNodePorts, Pace pace) {}

    public record Nftables(Masquerading masquerading, Pace pace) {}

    /// @param scheduler    empty: `rr`
    /// @param excludeCidrs virtual servers there are not ours
    public record Ipvs(String scheduler, List<Cidr> excludeCidrs, boolean strictArp, IpvsTimeouts timeouts, Pace pace) {
        /// Copies the list.
        public Ipvs {
            excludeCidrs = List.copyOf(excludeCidrs);
        }
    }

    /// Zero leaves the kernel's.
    public record IpvsTimeouts(Duration tcp, Duration tcpFin, Duration udp) {
        static final IpvsTimeouts AS_THEY_ARE = new IpvsTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
