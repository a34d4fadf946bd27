package dev.weir.balance;

import dev.weir.bridge.transport.SocketName;
import org.agrona.DirectBuffer;

/**
 * What {@code hash-type} says. Immutable.
 *
 * @param consistent a ring of nodes, where a change of one server moves only its keys; else a table of slots (map-based)
 * @param avalanche whether the result of the function is spread once more
 */
public record HashType(boolean consistent, HashFunction function, boolean avalanche) {
    /** Without {@code hash-type}, and of {@code hash-type map-based} alone. */
    public static final HashType MAP_BASED = new HashType(false, HashFunction.SDBM, false);

    /** Of {@code hash-type consistent} alone; a function without a modifier has none. */
    public static final HashType CONSISTENT = new HashType(true, HashFunction.SDBM, true);

    /** Hash of a key of any kind but a client address. */
    public int hash(DirectBuffer key, int offset, int length) {
        return modified(function.hash(key, offset, length));
    }

    /** Whether {@code balance source} can hash this name: addresses only. */
    public static boolean hasSource(SocketName client) {
        return client.family() == SocketName.Family.IPV4 || client.family() == SocketName.Family.IPV6;
    }

    /** Hash of {@code balance source}: the 32-bit words of the address in an exclusive or; the function does not count, as in HAProxy. */
    public int hashSource(SocketName client) {
        long folded = client.family() == SocketName.Family.IPV6 ? client.high() ^ client.low() : client.low();
        int words = client.family() == SocketName.Family.IPV6 ? (int) (folded ^ folded >>> 32) : (int) folded;
        return modified(words);
    }

    private int modified(int hash) {
        return avalanche ? Avalanche.mix(hash) : hash;
    }
}
