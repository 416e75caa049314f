package io.waymark.dns.plugin.bind;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// `bind ADDRESS|INTERFACE…`, with `except ADDRESS|INTERFACE…`: the local addresses on which a block is
/// served instead of all.
/// @param lines at least one, in the order of the text
public record BindStage(List<Line> lines) implements Stage {

    /// One line: the addresses of its places without those of its exceptions.
    /// @param places at least one
    public record Line(List<Token> places, List<Token> except) {
        /// Copies the lists.
        public Line {
            places = List.copyOf(places);
            except = List.copyOf(except);
        }
    }

    /// Copies the lines.
    public BindStage {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("bind has at least one line");
        }
    }

    /// All lines of a block together; each names places.
    public static List<Stage> read(List<Directive> directives, List<DomainName> zones, Remarks remarks) {
        var lines = new ArrayList<Line>();
        for (Directive directive : directives) {
            var section = new Section(directive, remarks);
            var except = section.lines("except").stream()
                    .peek(line -> {
                        if (line.arguments().isEmpty()) {
                            section.missing(line, "an IP address or an interface", line);
                        }
                    })
                    .flatMap(line -> line.arguments().stream())
                    .toList();
            section.finish();
            if (directive.arguments().isEmpty()) {
                section.missing(directive, "an IP address or an interface", directive);
            } else {
                lines.add(new Line(directive.arguments(), except));
            }
        }
        return lines.isEmpty() ? List.of() : List.of(new BindStage(lines));
    }

    /// Each address once, in the order of the text; none only after a problem.
    /// @param interfaces the addresses of an interface; none if there is no such interface
    public List<IpAddress> addresses(Function<String, List<IpAddress>> interfaces, Remarks remarks) {
        var all = new LinkedHashSet<IpAddress>();
        for (Line line : lines) {
            var addresses = new LinkedHashSet<IpAddress>();
            boolean known = true;
            for (Token place : line.places()) {
                var named = named(place, interfaces);
                if (named.isEmpty()) {
                    known = false;
                    remarks.problem(
                            place,
                            "bind: found " + place.quoted()
                                    + ", expected an IP address or a network interface of this host that has addresses");
                }
                named.ifPresent(addresses::addAll);
            }
            // CoreDNS too takes an exception that is nothing here for one that leaves nothing out.
            line.except().forEach(place -> named(place, interfaces).ifPresent(addresses::removeAll));
            if (known && addresses.isEmpty()) {
                remarks.problem(
                        line.places().getFirst(),
                        "bind: except leaves no address of this line; name one, or drop except");
            }
            all.addAll(addresses);
        }
        return List.copyOf(all);
    }

    private static Optional<Set<IpAddress>> named(Token place, Function<String, List<IpAddress>> interfaces) {
        var address = IpAddress.parse(place.text());
        if (address.isPresent()) {
            return Optional.of(Set.of(address.get()));
        }
        var ofInterface = new LinkedHashSet<>(interfaces.apply(place.text()));
        return ofInterface.isEmpty() ? Optional.empty() : Optional.of(ofInterface);
    }

    @Override
    public String plugin() {
        return "bind";
    }

    @Override
    public List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        settings.add(new Setting("addresses", words(lines.stream().map(Line::places)), false));
        if (lines.stream().anyMatch(line -> !line.except().isEmpty())) {
            settings.add(new Setting("except", words(lines.stream().map(Line::except)), false));
        }
        return settings;
    }

    private static String words(Stream<List<Token>> tokens) {
        return Words.join(
                tokens.flatMap(List::stream).map(Token::text).distinct().toList());
    }
}
