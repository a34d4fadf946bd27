package dev.weir.balance;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** XXH32, as the xxHash specification has it. No state. */
public final class XxHash32 {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PRIME_1 = 0x9E3779B1;
    private static final int PRIME_2 = 0x85EBCA77;
    private static final int PRIME_3 = 0xC2B2AE3D;

    private static final int PRIME_4 = 0x27D4EB2F;
    private static final int PRIME_5 = 0x165667B1;
    private static final int STRIPE_BYTES = 16;

    private XxHash32() {}

    public static int of(byte[] bytes, int seed) {
        int at = 0;
        int h = seed + PRIME_5;
        if (bytes.length >= STRIPE_BYTES) {
            int[] lanes = {seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1};
            for (; at <= bytes.length - STRIPE_BYTES; at += STRIPE_BYTES) {
                for (int lane = 0; lane < lanes.length; lane++) {
                    lanes[lane] = round(lanes[lane], word(bytes, at + 4 * lane));
                }
            }
            h = Integer.rotateLeft(lanes[0], 1)
                    + Integer.rotateLeft(lanes[1], 7)
                    + Integer.rotateLeft(lanes[2], 12)
                    + Integer.rotateLeft(lanes[3], 18);
        }
        h += bytes.length;
        for (; at <= bytes.length - 4; at += 4) {
            h = Integer.rotateLeft(h + word(bytes, at) * PRIME_3, 17) * PRIME_4;
        }
        for (; at < bytes.length; at++) {
            h = Integer.rotateLeft(h + (bytes[at] & 0xFF) * PRIME_5, 11) * PRIME_1;
        }
        return finish(h);
    }

    private static int word(byte[] bytes, int at) {
        return (int) WORD.get(bytes, at);
    }

    private static int round(int accumulator, int word) {
        return Integer.rotateLeft(accumulator + word * PRIME_2, 13) * PRIME_1;
    }

    /** Of the 16 bytes of an IPv6 address, given as two big-endian numbers. */
    static int ofAddress(long high, long low, int seed) {
        int h = Integer.rotateLeft(lane(seed + PRIME_1 + PRIME_2, high >>> 32), 1)
                + Integer.rotateLeft(lane(seed + PRIME_2, high), 7)
                + Integer.rotateLeft(lane(seed, low >>> 32), 12)
                + Integer.rotateLeft(lane(seed - PRIME_1, low), 18);
        return finish(h + 16);
    }

    private static int lane(int accumulator, long bigEndianWord) {
        return round(accumulator, Integer.reverseBytes((int) bigEndianWord));
    }

    private static int finish(int hash) {
        int h = hash;
        h = (h ^ h >>> 15) * PRIME_2;
        h = (h ^ h >>> 13) * PRIME_3;
        return h ^ h >>> 16;
    }
}
