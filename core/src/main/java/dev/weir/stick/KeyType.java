package dev.weir.stick;

/** What the keys of a table are. Closed set. HAProxy manual 11.1, "type". */
public enum KeyType {
    IP("ip", 4),
    IPV6("ipv6", 16),
    INTEGER("integer", 4),
    STRING("string", 32),
    BINARY("binary", 32);

    private final String text;
    private final int bytesDefault;

    KeyType(String text, int bytesDefault) {
        this.text = text;
        this.bytesDefault = bytesDefault;
    }

    public String text() {
        return text;
    }

    /** Bytes of a key; for strings and binaries what holds without {@code len}. */
    public int bytesDefault() {
        return bytesDefault;
    }

    /** Whether keys have a length of their own. */
    public boolean hasLength() {
        return this == STRING;
    }

    /** Whether {@code len} may be given. */
    public boolean takesLength() {
        return this == STRING || this == BINARY;
    }

    /** Null if there is none of that name; {@code string} and {@code ip} have no other names. */
    public static KeyType of(String text) {
        for (KeyType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        return null;
    }
}
