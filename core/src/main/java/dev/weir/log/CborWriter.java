package dev.weir.log;

import dev.weir.sample.ByteWriter;

/** Writes CBOR (RFC 8949) as bytes or as upper-case hex digits. Reused; one thread. */
final class CborWriter {
    private static final int UNSIGNED = 0x00;
    private static final int NEGATIVE = 0x20;
    private static final int BYTES = 0x40;
    private static final int TEXT = 0x60;
    private static final int CHUNKS_OF_BYTES = 0x5F;
    private static final int CHUNKS_OF_TEXT = 0x7F;
    private static final int ARRAY = 0x9F;
    private static final int MAP = 0xBF;
    private static final int FALSE = 0xF4;
    private static final int TRUE = 0xF5;
    private static final int NULL = 0xF6;
    private static final int BREAK = 0xFF;

    private ByteWriter out;
    private boolean isBinary;

    CborWriter to(ByteWriter out, boolean isBinary) {
        this.out = out;
        this.isBinary = isBinary;
        return this;
    }

    private void octet(int value) {
        if (isBinary) {
            out.put(value);
        } else {
            out.putHex(value);
        }
    }

    /** The first byte of an item, and its count or value in as few bytes as it takes. */
    private void head(int major, long value) {
        if (value < 24) {
            octet(major | (int) value);
            return;
        }
        int sizeCode = value < 1L << 8 ? 0 : value < 1L << 16 ? 1 : value < 1L << 32 ? 2 : 3;
        octet(major | 24 + sizeCode);
        for (int shift = (8 << sizeCode) - 8; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift) & 0xFF);
        }
    }

    void integer(long value) {
        if (value < 0) {
            head(NEGATIVE, -1 - value);
        } else {
            head(UNSIGNED, value);
        }
    }

    void bool(boolean value) {
        octet(value ? TRUE : FALSE);
    }

    void nothing() {
        octet(NULL);
    }

    void text(byte[] bytes, int offset, int length) {
        head(TEXT, length);
        raw(bytes, offset, length);
    }

    void bytes(byte[] bytes, int offset, int length) {
        head(BYTES, length);
        raw(bytes, offset, length);
    }

    private void raw(byte[] bytes, int offset, int length) {
        if (isBinary) {
            out.put(bytes, offset, length);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            out.putHex(bytes[i]);
        }
    }

    void beginText() {
        octet(CHUNKS_OF_TEXT);
    }

    void beginBytes() {
        octet(CHUNKS_OF_BYTES);
    }

    void beginArray() {
        octet(ARRAY);
    }

    void beginMap() {
        octet(MAP);
    }

    /** Ends what was begun last. */
    void end() {
        octet(BREAK);
    }
}
