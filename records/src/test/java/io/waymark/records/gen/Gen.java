package io.waymark.records.gen;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.SplittableRandom;

/// Random names, addresses and choices out of one seed. Small alphabets on purpose: values that
/// collide, and names that share suffixes, find more than values that never meet.
public final class Gen {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final SplittableRandom random;

    private Gen(SplittableRandom random) {
        this.random = random;
    }

    public static Gen seeded(long seed) {
        return new Gen(new SplittableRandom(seed));
    }

    /// From 0 up to but without `bound`.
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /// From `least` to `most`, both included.
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /// True in one of `n` calls.
    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    public int int32() {
        return random.nextInt();
    }

    public <T> T one(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    public byte[] octets(int count) {
        var octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    /// A DNS label as Kubernetes allows it (RFC 1123), mostly of one to three letters.
    public String label() {
        int size = oneIn(20) ? between(4, DomainName.LABEL_OCTETS_MAX) : between(1, 3);
        var label = new StringBuilder(size);
        for (int i = 0; i < size; i++) {
            boolean edge = i == 0 || i == size - 1;
            label.append(!edge && oneIn(8) ? '-' : LETTERS.charAt(oneIn(4) ? below(LETTERS.length()) : below(3)));
        }
        return label.toString();
    }

    /// A label of any octets, dots, zeros and upper-case letters among them.
    public String wildLabel() {
        var label = new StringBuilder();
        int size = oneIn(10) ? DomainName.LABEL_OCTETS_MAX : between(1, 8);
        for (int i = 0; i < size; i++) {
            label.append((char) below(256));
        }
        return label.toString();
    }

    /// A name of few labels; in one of thirty, one as long as names get.
    public DomainName name() {
        var name = DomainName.ROOT;
        boolean isLong = oneIn(30);
        for (int labels = isLong ? 127 : between(0, 5); labels > 0; labels--) {
            name = child(name);
        }
        return name;
    }

    /// One random label below `parent`, or `parent` itself if it has no room.
    public DomainName child(DomainName parent) {
        var label = oneIn(15) ? wildLabel() : label();
        return 1 + label.length() + parent.length() > DomainName.OCTETS_MAX ? parent : parent.child(label);
    }

    public IpAddress.V4 v4() {
        return new IpAddress.V4(oneIn(2) ? 0x0a000000 | below(4) : random.nextInt());
    }

    /// Often with runs of zero groups; never IPv4-mapped, for that is the IPv4 address.
    public IpAddress.V6 v6() {
        long high = oneIn(2) ? 0xfd00L << 48 : random.nextLong();
        long low = oneIn(2) ? below(4) : random.nextLong();
        return new IpAddress.V6(high == 0 ? 1 : high, low);
    }

    public IpAddress address() {
        return oneIn(2) ? v4() : v6();
    }
}
