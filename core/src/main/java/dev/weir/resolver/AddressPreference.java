package dev.weir.resolver;

import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which of several addresses is taken: {@code resolve-prefer}, {@code resolve-net}, {@code resolve-opts}. Immutable.
 *
 * @param isIpv4 asks for IPv4 addresses first, and takes them rather than others
 * @param networks the addresses to take rather than others
 * @param allowsDuplicates whether servers of a backend may have the same address
 */
public record AddressPreference(boolean isIpv4, List<Network> networks, boolean allowsDuplicates) {
    /** What holds where nothing is said. */
    public static final AddressPreference DEFAULT = new AddressPreference(false, List.of(), false);

    // as HAProxy weighs them
    private static final int OF_FAMILY = 8;
    private static final int IN_NETWORK = 4;
    private static final int UNUSED = 2;
    private static final int CURRENT = 1;

    /**
     * The best of the addresses, null if there is none.
     *
     * @param current the address in use, or null
     * @param user null for one who uses it once
     */
    ResolvedRecord choose(List<ResolvedRecord> records, InetAddress current, AddressUser user) {
        ResolvedRecord best = null;
        int bestScore = -1;
        for (ResolvedRecord record : records) {
            boolean isShared = user != null && user.shares(record);
            if (record.address() == null || isShared && !allowsDuplicates) {
                continue;
            }
            int score = score(record.address(), current) + (isShared ? 0 : UNUSED);
            if (score > bestScore) {
                best = record;
                bestScore = score;
            }
        }
        return best;
    }

    private int score(InetAddress address, InetAddress current) {
        boolean isOfFamily = address instanceof Inet4Address == isIpv4;
        return (isOfFamily ? OF_FAMILY : 0)
                + (isInNetwork(address) ? IN_NETWORK : 0)
                + (address.equals(current) ? CURRENT : 0);
    }

    private boolean isInNetwork(InetAddress address) {
        SocketName name = new SocketName().inet(address, 0);
        for (Network network : networks) {
            if (network.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
