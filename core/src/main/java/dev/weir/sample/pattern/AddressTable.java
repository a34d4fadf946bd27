package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Networks, found by longest prefix. One sorted array per prefix length that occurs, searched by bisection; a list of ten
 * thousand networks has a handful of lengths. IPv4 values also match IPv6 networks in their mapped form, and IPv6 values that
 * hold an IPv4 address match IPv4 networks. Immutable once built.
 */
final class AddressTable {
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private final Level[] ipv4;
    private final Level[] ipv6;
    private final Odd[] odd;

    private AddressTable(Level[] ipv4, Level[] ipv6, Odd[] odd) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.odd = odd;
    }

    static AddressTable of(List<PatternEntry> entries) throws ParseProblem {
        List<Network> ipv4 = new ArrayList<>();
        List<Network> ipv6 = new ArrayList<>();
        List<Odd> odd = new ArrayList<>();
        for (PatternEntry entry : entries) {
            add(entry, ipv4, ipv6, odd);
        }
        return new AddressTable(levels(ipv4), levels(ipv6), odd.toArray(new Odd[0]));
    }

    private static void add(PatternEntry entry, List<Network> ipv4, List<Network> ipv6, List<Odd> odd)
            throws ParseProblem {
        Network network = NetworkText.parse(entry);
        if (network.isIpv6) {
            ipv6.add(network);
        } else if (network.bits >= 0) {
            ipv4.add(network);
        } else {
            odd.add(new Odd(network.low & network.mask, network.mask, entry));
        }
    }

    PatternEntry findIpv4(long address) {
        PatternEntry found = find(ipv4, 0, address << 32);
        if (found == null) {
            found = findOdd(address);
        }
        return found == null && ipv6.length > 0 ? find(ipv6, 0, MAPPED | address) : found;
    }

    PatternEntry findIpv6(long high, long low) {
        PatternEntry found = find(ipv6, high, low);
        if (found != null || ipv4.length + odd.length == 0) {
            return found;
        }
        long inner = innerIpv4(high, low);
        if (inner < 0) {
            return null;
        }
        found = find(ipv4, 0, inner << 32);
        return found == null ? findOdd(inner) : found;
    }

    /** The IPv4 address in a mapped, compatible or 6to4 address, -1 if there is none. */
    private static long innerIpv4(long high, long low) {
        if (high == 0 && (low >>> 32 == 0 || low >>> 32 == 0xFFFF)) {
            return low & 0xFFFF_FFFFL;
        }
        return high >>> 48 == 0x2002 ? high >>> 16 & 0xFFFF_FFFFL : -1;
    }

    private PatternEntry findOdd(long address) {
        for (Odd network : odd) {
            if ((address & network.mask) == network.address) {
                return network.entry;
            }
        }
        return null;
    }

    private static PatternEntry find(Level[] levels, long high, long low) {
        for (Level level : levels) {
            PatternEntry entry = level.find(high & level.highMask, low & level.lowMask);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** Longest prefix first. IPv4 addresses are kept in the upper half of the low word, so masks work alike. */
    private static Level[] levels(List<Network> networks) {
        return networks.stream()
                .map(network -> network.bits)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .map(bits -> level(
                        networks.stream()
                                .filter(network -> network.bits == bits)
                                .toList(),
                        bits))
                .toArray(Level[]::new);
    }

    private static Level level(List<Network> networks, int bits) {
        boolean isIpv6 = networks.get(0).isIpv6;
        long highMask = isIpv6 ? mask(Math.min(bits, 64)) : 0;
        long lowMask = mask(isIpv6 ? Math.max(0, bits - 64) : bits);
        List<Network> sorted = networks.stream()
                .map(network -> network.masked(highMask, lowMask))
                .sorted(Comparator.comparingLong((Network network) -> network.high)
                        .thenComparingLong(network -> network.low))
                .toList();
        Level level = new Level(highMask, lowMask, sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            level.highs[i] = sorted.get(i).high;
            level.lows[i] = sorted.get(i).low;
            level.entries[i] = sorted.get(i).entry;
        }
        return level;
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << 64 - bits;
    }

    /** All networks of one prefix length. */
    private static final class Level {
        private final long highMask, lowMask;
        private final long[] highs, lows;
        private final PatternEntry[] entries;

        Level(long highMask, long lowMask, int count) {
            this.highMask = highMask;
            this.lowMask = lowMask;
            highs = new long[count];
            lows = new long[count];
            entries = new PatternEntry[count];
        }

        PatternEntry find(long high, long low) {
            int from = 0;
            int to = entries.length - 1;
            while (from <= to) {
                int middle = from + to >>> 1;
                int order = Long.compare(highs[middle], high);
                order = order == 0 ? Long.compare(lows[middle], low) : order;
                if (order == 0) {
                    return entries[middle];
                }
                if (order < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return null;
        }
    }

    /** An IPv4 network whose mask is no prefix. */
    private record Odd(long address, long mask, PatternEntry entry) {}

    /**
     * One network.
     *
     * @param bits of the prefix, -1 if the IPv4 mask is none
     * @param mask of such an IPv4 network
     */
    record Network(PatternEntry entry, boolean isIpv6, long high, long low, int bits, long mask) {
        Network masked(long highMask, long lowMask) {
            return new Network(entry, isIpv6, high & highMask, (isIpv6 ? low : low << 32) & lowMask, bits, mask);
        }
    }
}
