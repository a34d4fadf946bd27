package dev.weir.balance;

import org.agrona.DirectBuffer;

/** The functions that {@code hash-type} names: bytes of a key to 32 bits. Pure, any thread. */
public enum HashFunction {
    SDBM("sdbm") {
        @Override
        public int hash(DirectBuffer key, int offset, int length) {
            int h = 0;
            for (int i = offset; i < offset + length; i++) {
                h = (key.getByte(i) & 0xFF) + (h << 6) + (h << 16) - h;
            }
            return h;
        }
    },
    DJB2("djb2") {
        @Override
        public int hash(DirectBuffer key, int offset, int length) {
            int h = 5381;
            for (int i = offset; i < offset + length; i++) {
                h = ((h << 5) + h) + (key.getByte(i) & 0xFF);
            }
            return h;
        }
    },
    WT6("wt6") {
        @Override
        public int hash(DirectBuffer key, int offset, int length) {
            int h0 = 0xA53C965A;
            int h1 = 0x5CA6953A;
            int s0 = 6;
            int s1 = 18;
            for (int i = offset; i < offset + length; i++) {
                int t = key.getByte(i) & 0xFF;
                h0 = ~(h0 ^ t);
                h1 = ~(h1 + t);
                t = Integer.rotateLeft(h1, s0);
                h1 = Integer.rotateLeft(h0, s1);
                h0 = t;
                t = ((h0 >>> 16) ^ h1) & 0xFFFF;
                s0 = t & 31;
                s1 = t >>> 11;
            }
            return h0 ^ h1;
        }
    },
    CRC32("crc32") {
        @Override
        public int hash(DirectBuffer key, int offset, int length) {
            int crc = -1;
            for (int i = offset; i < offset + length; i++) {
                crc = (crc >>> 8) ^ CrcTable.OF[(crc ^ key.getByte(i)) & 0xFF];
            }
            return ~crc;
        }
    },
    /** The key is a decimal number already; only its lower 32 bits count. */
    NONE("none") {
        @Override
        public int hash(DirectBuffer key, int offset, int length) {
            return (int) DecimalKey.parse(key, offset, length);
        }
    };

    private final String keyword;

    HashFunction(String keyword) {
        this.keyword = keyword;
    }

    public String keyword() {
        return keyword;
    }

    public abstract int hash(DirectBuffer key, int offset, int length);

    /** Null if there is none of that name. */
    public static HashFunction named(String keyword) {
        for (HashFunction function : values()) {
            if (function.keyword.equals(keyword)) {
                return function;
            }
        }
        return null;
    }

    /** The usual byte-wise table of the polynomial 0xEDB88320. */
    private static final class CrcTable {
        static final int[] OF = new int[256];

        static {
            for (int i = 0; i < 256; i++) {
                int crc = i;
                for (int bit = 0; bit < 8; bit++) {
                    crc = (crc & 1) != 0 ? (crc >>> 1) ^ 0xEDB88320 : crc >>> 1;
                }
                OF[i] = crc;
            }
        }
    }
}
