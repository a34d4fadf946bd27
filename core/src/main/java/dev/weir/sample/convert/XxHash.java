package dev.weir.sample.convert;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** XXH32 and XXH64 over a whole buffer. No state. */
public final class XxHash {
    private static final int P32_1 = 0x9E3779B1;
    private static final int P32_2 = 0x85EBCA77;
    private static final int P32_3 = 0xC2B2AE3D;
    private static final int P32_4 = 0x27D4EB2F;
    private static final int P32_5 = 0x165667B1;
    static final long P64_1 = 0x9E3779B185EBCA87L;
    static final long P64_2 = 0xC2B2AE3D27D4EB4FL;
    static final long P64_3 = 0x165667B19E3779F9L;
    private static final long P64_4 = 0x85EBCA77C2B2AE63L;
    private static final long P64_5 = 0x27D4EB2F165667C5L;

    private XxHash() {}

    static int hash32(DirectBuffer in, int seed) {
        int length = in.capacity();
        int at = 0;
        int hash = seed + P32_5;
        if (length >= 16) {
            int a = seed + P32_1 + P32_2;
            int b = seed + P32_2;
            int c = seed;
            int d = seed - P32_1;
            for (; at <= length - 16; at += 16) {
                a = round32(a, int32(in, at));
                b = round32(b, int32(in, at + 4));
                c = round32(c, int32(in, at + 8));
                d = round32(d, int32(in, at + 12));
            }
            hash = Integer.rotateLeft(a, 1)
                    + Integer.rotateLeft(b, 7)
                    + Integer.rotateLeft(c, 12)
                    + Integer.rotateLeft(d, 18);
        }
        return finish32(in, at, hash + length);
    }

    private static int round32(int accumulator, int input) {
        return Integer.rotateLeft(accumulator + input * P32_2, 13) * P32_1;
    }

    private static int finish32(DirectBuffer in, int start, int hash) {
        int h = hash;
        int at = start;
        for (; at + 4 <= in.capacity(); at += 4) {
            h = Integer.rotateLeft(h + int32(in, at) * P32_3, 17) * P32_4;
        }
        for (; at < in.capacity(); at++) {
            h = Integer.rotateLeft(h + (in.getByte(at) & 0xFF) * P32_5, 11) * P32_1;
        }
        h = (h ^ h >>> 15) * P32_2;
        h = (h ^ h >>> 13) * P32_3;
        return h ^ h >>> 16;
    }

    public static long hash64(DirectBuffer in, long seed) {
        int length = in.capacity();
        int at = 0;
        long hash = seed + P64_5;
        if (length >= 32) {
            long a = seed + P64_1 + P64_2;
            long b = seed + P64_2;
            long c = seed;
            long d = seed - P64_1;
            for (; at <= length - 32; at += 32) {
                a = round64(a, int64(in, at));
                b = round64(b, int64(in, at + 8));
                c = round64(c, int64(in, at + 16));
                d = round64(d, int64(in, at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        }
        return finish64(in, at, hash + length);
    }

    private static long round64(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P64_2, 31) * P64_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round64(0, accumulator)) * P64_1 + P64_4;
    }

    private static long finish64(DirectBuffer in, int start, long hash) {
        long h = hash;
        int at = start;
        for (; at + 8 <= in.capacity(); at += 8) {
            h = Long.rotateLeft(h ^ round64(0, int64(in, at)), 27) * P64_1 + P64_4;
        }
        if (at + 4 <= in.capacity()) {
            h = Long.rotateLeft(h ^ (int32(in, at) & 0xFFFF_FFFFL) * P64_1, 23) * P64_2 + P64_3;
            at += 4;
        }
        for (; at < in.capacity(); at++) {
            h = Long.rotateLeft(h ^ (in.getByte(at) & 0xFF) * P64_5, 11) * P64_1;
        }
        return avalanche64(h);
    }

    static long avalanche64(long hash) {
        long h = (hash ^ hash >>> 33) * P64_2;
        h = (h ^ h >>> 29) * P64_3;
        return h ^ h >>> 32;
    }

    static int int32(DirectBuffer in, int at) {
        return in.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }

    static long int64(DirectBuffer in, int at) {
        return in.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
