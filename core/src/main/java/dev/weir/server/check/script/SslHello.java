package dev.weir.server.check.script;

import dev.weir.sample.ByteWriter;

/** A client hello of SSLv3 that offers all ciphers of its time. */
final class SslHello implements Payload {
    private static final String RANDOM = "HAPROXYSSLCHK\nHAPROXYSSLCHK\n";
    private static final long SECOND_MS = 1000;
    private static final int[] CIPHER_RANGES = {0x01, 0x1B, 0x2F, 0x3A};
    private static final int CIPHER_BYTES = 2 * (0x1B - 0x01 + 1 + 0x3A - 0x2F + 1);
    /** Version, time, random, no session, ciphers, the null compression. */
    private static final int HELLO_BYTES = 2 + 4 + RANDOM.length() + 1 + 2 + CIPHER_BYTES + 2;

    @Override
    public boolean write(CheckRun run, ByteWriter out) {
        int seconds = (int) (System.currentTimeMillis() / SECOND_MS);
        out.put(0x16).put(3).put(0);
        putShort(out, HELLO_BYTES + 4);
        out.put(1).put(0);
        putShort(out, HELLO_BYTES);
        out.put(3).put(0);
        putShort(out, seconds >>> 16);
        putShort(out, seconds);
        out.put(RANDOM).put(0);
        putShort(out, CIPHER_BYTES);
        for (int i = 0; i < CIPHER_RANGES.length; i += 2) {
            for (int cipher = CIPHER_RANGES[i]; cipher <= CIPHER_RANGES[i + 1]; cipher++) {
                putShort(out, cipher);
            }
        }
        out.put(1).put(0);
        return true;
    }

    private static void putShort(ByteWriter out, int value) {
        out.put(value >> 8).put(value);
    }
}
