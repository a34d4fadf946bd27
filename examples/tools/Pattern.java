import java.util.zip.CRC32;

/** Bytes that both ends can compute: a lost, doubled or swapped byte changes the checksum. */
final class Pattern {
    private long state;
    private final CRC32 checksum = new CRC32();

    Pattern(long seed) {
        state = seed * 2862933555777941757L + 3037000493L | 1;
    }

    /** Fills with the next bytes of the sequence. */
    void next(byte[] out, int length) {
        for (int i = 0; i < length; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            out[i] = (byte) state;
        }
        checksum.update(out, 0, length);
    }

    long checksum() {
        return checksum.getValue();
    }

    static long checksum(long seed, long bytes) {
        Pattern pattern = new Pattern(seed);
        byte[] block = new byte[65536];
        for (long left = bytes; left > 0; left -= block.length) {
            pattern.next(block, (int) Math.min(left, block.length));
        }
        return pattern.checksum();
    }
}
