package dev.weir.sample.convert;

import static dev.weir.sample.convert.XxHash.P64_1;
import static dev.weir.sample.convert.XxHash.P64_2;
import static dev.weir.sample.convert.XxHash.P64_3;
import static dev.weir.sample.convert.XxHash.int32;
import static dev.weir.sample.convert.XxHash.int64;

import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** XXH3 of 64 bits over a whole buffer, seeded. No state; inputs above 240 bytes use eight local accumulators. */
final class Xxh3 {
    private static final UnsafeBuffer SECRET = new UnsafeBuffer(HexFormat.of()
            .parseHex("b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                    + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                    + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                    + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                    + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                    + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e"));

    private static final long P32_1 = 0x9E3779B1L;
    private static final long P32_2 = 0x85EBCA77L;
    private static final long P32_3 = 0xC2B2AE3DL;
    private static final long P64_4 = 0x85EBCA77C2B2AE63L;
    private static final long P64_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 64;
    private static final int STRIPES_PER_BLOCK = (192 - STRIPE) / 8;

    private Xxh3() {}

    static long hash64(DirectBuffer in, long seed) {
        int length = in.capacity();
        if (length <= 16) {
            return small(in, length, seed);
        }
        if (length <= 128) {
            return medium(in, length, seed);
        }
        return length <= 240 ? upTo240(in, length, seed) : large(in, length, seed);
    }

    private static long small(DirectBuffer in, int length, long seed) {
        if (length > 8) {
            return from9(in, length, seed);
        }
        if (length >= 4) {
            return from4(in, length, seed);
        }
        if (length > 0) {
            return from1(in, length, seed);
        }
        return XxHash.avalanche64(seed ^ secret(56) ^ secret(64));
    }

    private static long from1(DirectBuffer in, int length, long seed) {
        int first = in.getByte(0) & 0xFF;
        int middle = in.getByte(length >> 1) & 0xFF;
        int last = in.getByte(length - 1) & 0xFF;
        long combined = (first << 16 | middle << 24 | last | length << 8) & 0xFFFF_FFFFL;
        long flip = ((int32(SECRET, 0) ^ int32(SECRET, 4)) & 0xFFFF_FFFFL) + seed;
        return XxHash.avalanche64(combined ^ flip);
    }

    private static long from4(DirectBuffer in, int length, long seed) {
        long mixedSeed = seed ^ (Integer.reverseBytes((int) seed) & 0xFFFF_FFFFL) << 32;
        long first = int32(in, 0) & 0xFFFF_FFFFL;
        long last = int32(in, length - 4) & 0xFFFF_FFFFL;
        long keyed = last + (first << 32) ^ (secret(8) ^ secret(16)) - mixedSeed;
        long h = keyed ^ Long.rotateLeft(keyed, 49) ^ Long.rotateLeft(keyed, 24);
        h *= 0x9FB21C651E98DF25L;
        h ^= (h >>> 35) + length;
        h *= 0x9FB21C651E98DF25L;
        return h ^ h >>> 28;
    }

    private static long from9(DirectBuffer in, int length, long seed) {
        long low = int64(in, 0) ^ (secret(24) ^ secret(32)) + seed;
        long high = int64(in, length - 8) ^ (secret(40) ^ secret(48)) - seed;
        return avalanche(length + Long.reverseBytes(low) + high + fold(low, high));
    }

    private static long medium(DirectBuffer in, int length, long seed) {
        long sum = length * P64_1;
        for (int i = (length - 1) / 32; i >= 0; i--) {
            sum += mix16(in, i * 16, i * 32, seed);
            sum += mix16(in, length - (i + 1) * 16, i * 32 + 16, seed);
        }
        return avalanche(sum);
    }

    private static long upTo240(DirectBuffer in, int length, long seed) {
        long sum = length * P64_1;
        for (int i = 0; i < 8; i++) {
            sum += mix16(in, i * 16, i * 16, seed);
        }
        sum = avalanche(sum);
        for (int i = 8; i < length / 16; i++) {
            sum += mix16(in, i * 16, (i - 8) * 16 + 3, seed);
        }
        sum += mix16(in, length - 16, 136 - 17, seed);
        return avalanche(sum);
    }

    private static long mix16(DirectBuffer in, int at, int secretAt, long seed) {
        return fold(int64(in, at) ^ secret(secretAt) + seed, int64(in, at + 8) ^ secret(secretAt + 8) - seed);
    }

    private static long large(DirectBuffer in, int length, long seed) {
        long[] lanes = {P32_3, P64_1, P64_2, P64_3, P64_4, P32_2, P64_5, P32_1};
        int stripes = (length - 1) / STRIPE;
        for (int i = 0; i < stripes; i++) {
            int inBlock = i % STRIPES_PER_BLOCK;
            stripe(lanes, in, i * STRIPE, inBlock * 8, seed);
            if (inBlock == STRIPES_PER_BLOCK - 1) {
                scramble(lanes, seed);
            }
        }
        stripe(lanes, in, length - STRIPE, 192 - STRIPE - 7, seed);
        long sum = length * P64_1;
        for (int i = 0; i < 4; i++) {
            int at = 11 + i * 16;
            sum += fold(lanes[2 * i] ^ seeded(at, seed), lanes[2 * i + 1] ^ seeded(at + 8, seed));
        }
        return avalanche(sum);
    }

    private static void stripe(long[] lanes, DirectBuffer in, int at, int secretAt, long seed) {
        for (int i = 0; i < 8; i++) {
            long value = int64(in, at + i * 8);
            long keyed = value ^ seeded(secretAt + i * 8, seed);
            lanes[i ^ 1] += value;
            lanes[i] += (keyed & 0xFFFF_FFFFL) * (keyed >>> 32);
        }
    }

    private static void scramble(long[] lanes, long seed) {
        for (int i = 0; i < 8; i++) {
            long lane = lanes[i];
            lanes[i] = (lane ^ lane >>> 47 ^ seeded(192 - STRIPE + i * 8, seed)) * P32_1;
        }
    }

    /** Eight bytes of the secret that a seed turns the default one into; the position may be odd. */
    private static long seeded(int at, long seed) {
        if (seed == 0) {
            return secret(at);
        }
        int shift = at % 8 * 8;
        long first = seededWord(at / 8, seed);
        return shift == 0 ? first : first >>> shift | seededWord(at / 8 + 1, seed) << 64 - shift;
    }

    private static long seededWord(int index, long seed) {
        return index % 2 == 0 ? secret(index * 8) + seed : secret(index * 8) - seed;
    }

    private static long secret(int at) {
        return int64(SECRET, at);
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long avalanche(long hash) {
        long h = (hash ^ hash >>> 37) * 0x165667919E3779F9L;
        return h ^ h >>> 32;
    }
}
