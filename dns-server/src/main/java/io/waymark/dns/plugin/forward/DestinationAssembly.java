package io.waymark.dns.plugin.forward;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.forward.target.HostLookup;
import io.waymark.dns.plugin.forward.target.ResolverFile;
import io.waymark.dns.plugin.forward.target.Target;
import io.waymark.dns.plugin.forward.target.Target.Scheme;
import io.waymark.dns.plugin.forward.upstream.Endpoint;
import io.waymark.dns.plugin.forward.upstream.HttpsUpstream;
import io.waymark.dns.plugin.forward.upstream.PlainUpstream;
import io.waymark.dns.plugin.forward.upstream.TlsIdentity;
import io.waymark.dns.plugin.forward.upstream.TlsUpstream;
import io.waymark.dns.plugin.forward.upstream.Upstream;
import io.waymark.dns.plugin.forward.upstream.UpstreamMetrics;
import io.waymark.records.address.IpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Makes the upstreams of one `forward` line: reads its files, looks its names up. Blocks, hence never
/// on an event loop. Throws a [ForwardStartException] if that cannot be done.
final class DestinationAssembly {
    private final ForwardStage stage;
    private final Surroundings around;
    private final List<IpAddress> sources;
    private Optional<TlsIdentity> identity = Optional.empty();

    /// Where an upstream is, and how it is reached.
    private record Place(Scheme scheme, IpAddress address, int port) {}

    /// Of all who ask one upstream.
    private record InFlight(String to) {}

    DestinationAssembly(ForwardStage stage, Surroundings around) {
        this.stage = stage;
        this.around = around;
        var source = stage.options().travel().source();
        this.sources = source.equals(ListenAddress.ANY) ? List.of() : List.of(source);
    }

    /// At least one, each place once, in the order of the text.
    List<Destination> destinations() {
        if (!stage.options().security().files().equals(TlsIdentity.Pem.NONE)) {
            // Also if no upstream needs them: a file that is not there is a mistake.
            identity();
        }
        var written = new LinkedHashMap<Place, String>();
        for (var target : stage.targets()) {
            places(target).forEach(place -> written.putIfAbsent(place, target.toString()));
        }
        if (written.isEmpty()) {
            throw new ForwardStartException(
                    stage.at() + ": forward: " + stage.targets().getFirst()
                            + " has no line \"nameserver ADDRESS\"; name a file like /etc/resolv.conf, or the addresses of DNS"
                            + " servers");
        }
        return written.entrySet().stream()
                .map(entry -> destination(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Stream<Place> places(Target target) {
        return switch (target) {
            case Target.Server(var scheme, ListenAddress(var address, var port)) ->
                Stream.of(new Place(scheme, address, port));
            case Target.ResolverFile(var path, var at) ->
                ResolverFile.read(Path.of(path), at.toString()).stream()
                        .map(address -> new Place(Scheme.DNS, address, Transport.DNS.port()));
            case Target.HostName(var scheme, var name, var port, var at) ->
                new HostLookup(around, stage.resolvers(), sources)
                        .addresses(name, at.toString()).stream().map(address -> new Place(scheme, address, port));
        };
    }

    private Destination destination(Place place, String written) {
        var endpoint = Endpoint.of(place.address(), place.port(), sources);
        var inFlight = around.<LongAdder>kept(new InFlight(endpoint.name()), LongAdder::new);
        var metrics = new UpstreamMetrics(around.metrics(), endpoint.name(), inFlight);
        return new Destination(upstream(place, endpoint, metrics), written, metrics);
    }

    private Upstream upstream(Place place, Endpoint endpoint, UpstreamMetrics metrics) {
        var security = stage.options().security();
        var streams = stage.options().travel().streams();
        var name = place.scheme().serverName().isEmpty()
                ? security.serverName()
                : place.scheme().serverName();
        return switch (place.scheme().transport()) {
            case DNS ->
                new PlainUpstream(around.loops(), endpoint, streams, metrics, around.random(), around.nanoTime());
            case TLS ->
                new TlsUpstream(
                        around.loops(),
                        endpoint,
                        name,
                        identity(),
                        streams,
                        metrics,
                        around.random(),
                        around.nanoTime());
            case HTTPS ->
                new HttpsUpstream(
                        around.loops(),
                        endpoint,
                        name,
                        identity(),
                        security.method(),
                        streams,
                        metrics,
                        around.nanoTime());
            case QUIC, GRPC, HTTPS3 ->
                throw new IllegalStateException("the reader lets no such upstream pass: " + place);
        };
    }

    private TlsIdentity identity() {
        if (identity.isEmpty()) {
            try {
                identity =
                        Optional.of(TlsIdentity.read(stage.options().security().files()));
            } catch (IOException | GeneralSecurityException unusable) {
                throw new ForwardStartException(stage.at() + ": forward: tls: " + unusable.getMessage()
                        + "; expected files in PEM that this process may read");
            }
        }
        return identity.get();
    }
}
