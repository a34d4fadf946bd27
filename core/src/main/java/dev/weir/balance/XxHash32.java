package dev.weir.balance;

/** XXH32 of the 16 bytes of an IPv6 address, given as two big-endian numbers. */
final class XxHash32 {
    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    private static final int PRIME_3 = 0xC2B2AE3D;

    private XxHash32() {}

    static int ofAddress(long high, long low, int seed) {
        int h = Integer.rotateLeft(lane(seed + PRIME_1 + PRIME_2, high >>> 32), 1)
                + Integer.rotateLeft(lane(seed + PRIME_2, high), 7)
                + Integer.rotateLeft(lane(seed, low >>> 32), 12)
                + Integer.rotateLeft(lane(seed - PRIME_1, low), 18);
        return finish(h + 16);
    }

    private static int lane(int accumulator, long bigEndianWord) {
        int input = Integer.reverseBytes((int) bigEndianWord);
        return Integer.rotateLeft(accumulator + input * PRIME_2, 13) * PRIME_1;
    }

    private static int finish(int hash) {
        int h = hash;
        h = (h ^ h >>> 15) * PRIME_2;
        h = (h ^ h >>> 13) * PRIME_3;
        return h ^ h >>> 16;
    }
}
