package dev.weir.sample.pattern;

import java.nio.charset.StandardCharsets;

/** One pattern, and in a map the value it stands for. Immutable. */
public final class PatternEntry {
    private final String text;
    private final byte[] bytes;
    private final Object value;

    /** @param value what a map returns, in the form its converter wants; null in an ACL */
    public PatternEntry(String text, Object value) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.value = value;
    }

    /** As written. */
    public String text() {
        return text;
    }

    /** UTF-8 bytes of the text; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    public <T> T value(Class<T> type) {
        return type.cast(value);
    }
}
