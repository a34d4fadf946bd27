package dev.weir.log;

/** Which bytes of a text from outside are written as {@code #} and two hex digits: what could be taken for part of the line. */
enum ByteEscapes {
    /** In request lines. */
    URI("\"#"),
    /** In captured header fields. */
    CAPTURE("\"#{|}");

    private final boolean[] isEscaped = new boolean[256];

    ByteEscapes(String printable) {
        for (int c = 0; c < 256; c++) {
            isEscaped[c] = c < 32 || c >= 127 || printable.indexOf(c) >= 0;
        }
    }

    boolean has(int octet) {
        return isEscaped[octet];
    }
}
