package dev.weir.rule;

import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** What a rule changes without a say in what follows; the same for rules of TCP and of HTTP. Immutable; any loop. */
public interface Effect {
    void apply(Stream stream, Scratch scratch);
}
