package dev.weir.rule;

import dev.weir.sample.Expression;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** What a rule changes without a say in what follows; the same for rules of TCP and of HTTP. Immutable; any loop. */
public interface Effect {
    void apply(Stream stream, Scratch scratch);

    /** Whether all that it looks at has come, so that content rules need not wait for more. */
    default boolean isReady(Stream stream, Scratch scratch) {
        return true;
    }

    /** The same effect, which is not ready as long as more input may give the expression a value that it does not have yet. */
    default Effect awaiting(Expression expression) {
        Effect effect = this;
        return new Effect() {
            @Override
            public void apply(Stream stream, Scratch scratch) {
                effect.apply(stream, scratch);
            }

            @Override
            public boolean isReady(Stream stream, Scratch scratch) {
                Sample value = scratch.take();
                boolean isReady = expression.evaluate(stream, value) || !value.mayChange();
                scratch.release(value);
                return isReady;
            }
        };
    }
}
