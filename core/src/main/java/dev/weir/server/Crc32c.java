package dev.weir.server;

import org.agrona.DirectBuffer;

/** CRC-32C (Castagnoli), byte by byte: headers are short. The JDK's own would need an object for each. */
final class Crc32c {
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? (crc >>> 1) ^ 0x82F63B78 : crc >>> 1;
            }
            TABLE[i] = crc;
        }
    }

    private Crc32c() {}

    static int of(DirectBuffer bytes, int offset, int length) {
        int crc = -1;
        for (int i = offset; i < offset + length; i++) {
            crc = (crc >>> 8) ^ TABLE[(crc ^ bytes.getByte(i)) & 0xFF];
        }
        return ~crc;
    }
}
