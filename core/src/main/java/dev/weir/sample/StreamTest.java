package dev.weir.sample;

import dev.weir.stream.Stream;

/** A yes-or-no question about a stream that may have to wait for more input. Immutable; any loop. */
public interface StreamTest {
    Verdict test(Stream stream, Scratch scratch);
}
