package dev.weir.stream;

/** A text that is made of a stream's facts. Immutable; any loop. */
public interface StreamText {
    /** Puts the text into a slot, if there is any. */
    void write(Stream stream, Captures into, int slot);
}
