package dev.weir.log;

import dev.weir.sample.ByteWriter;

/** Writes the bytes of texts as the encoding of a line demands: escaped, or in CBOR as chunks. Owner: a {@link LineWriter}. */
final class TextParts {
    private final CborWriter cbor;
    /** {@code #XX}. */
    private final ByteWriter escape = new ByteWriter(3, 3);

    TextParts(CborWriter cbor) {
        this.cbor = cbor;
    }

    /** @param escapes null for none */
    void write(byte[] bytes, int offset, int length, ByteEscapes escapes, FormatFlags flags, ByteWriter out) {
        if (flags.encoding() == Encoding.CBOR) {
            chunks(bytes, offset, length, escapes);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            int c = bytes[i] & 0xFF;
            if (escapes != null && escapes.has(c)) {
                out.put('#').putHex(c);
            } else {
                escaped(c, flags, out);
            }
        }
    }

    /** In CBOR, what needs no escape and each escape are chunks of the text. */
    private void chunks(byte[] bytes, int offset, int length, ByteEscapes escapes) {
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int c = bytes[i] & 0xFF;
            if (escapes != null && escapes.has(c)) {
                cbor.text(bytes, start, i - start);
                chunk(c);
                start = i + 1;
            }
        }
        if (start < end) {
            cbor.text(bytes, start, end - start);
        }
    }

    private void chunk(int octet) {
        escape.clear().put('#').putHex(octet);
        cbor.text(escape.array(), 0, escape.length());
    }

    /** In a text that is not in CBOR. */
    static void escaped(int c, FormatFlags flags, ByteWriter out) {
        if (flags.encoding() == Encoding.JSON) {
            JsonEscapes.write(c, flags.isUtf8(), out);
            return;
        }
        if (flags.isEscaped() && (c == '"' || c == '\\' || c == ']')) {
            out.put('\\');
        }
        out.put(c);
    }
}
