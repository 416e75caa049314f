package io.waymark.proxy.nftables.skeleton;

import java.util.ArrayList;
import java.util.List;

/// Lists of backends by how many they are. Up to 16 each number has its own class, and is drawn from
/// evenly; above, a class reaches to the next power of two: a draw that hits nothing is repeated, and
/// after eight of them one is taken from the lower half, so that the upper ones get at most 0.4 % less.
public final class SizeClass {
    /// Backends of one list; more are not drawn.
    public static final int BACKENDS_MAX = 16_384;

    private static final int EXACT = 16;
    private static final int EXACT_BITS = 4;
    private static final int LARGEST = of(BACKENDS_MAX);
    private static final int DRAWS = 8;

    private SizeClass() {}

    /// The class of a list of so many, at least one.
    public static int of(int backends) {
        int count = Math.min(backends, BACKENDS_MAX);
        return count <= EXACT ? count : EXACT + bits(count) - EXACT_BITS;
    }

    /// How many bits the indices of so many take.
    private static int bits(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    static List<Integer> all() {
        var classes = new ArrayList<Integer>();
        for (int size = 1; size <= LARGEST; size++) {
            classes.add(size);
        }
        return classes;
    }

    /// Out of how many a backend is drawn, draw after draw until one hits.
    static List<Integer> draws(int sizeClass) {
        if (sizeClass <= EXACT) {
            return List.of(sizeClass);
        }
        int power = 1 << sizeClass - EXACT + EXACT_BITS;
        var draws = new ArrayList<Integer>();
        for (int draw = 0; draw < DRAWS; draw++) {
            draws.add(power);
        }
        draws.add(power / 2);
        return draws;
    }
}
