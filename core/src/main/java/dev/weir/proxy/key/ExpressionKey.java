package dev.weir.proxy.key;

import dev.weir.balance.HashFunction;
import dev.weir.balance.HashType;
import dev.weir.sample.Expression;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.Stream;

/** {@code balance hash <expression>}: a value to be taken as a number must be text; all others are hashed as they are. */
public final class ExpressionKey implements BalanceKey {
    private final Expression expression;

    public ExpressionKey(Expression expression) {
        this.expression = expression;
    }

    @Override
    public void fill(Stream stream, HashType type, Scratch scratch, SessionRequest request) {
        SampleType wanted = type.function() == HashFunction.NONE ? SampleType.STRING : SampleType.BINARY;
        Sample key = scratch.take();
        stream.finalEvaluation(true);
        if (expression.evaluateAs(stream, key, wanted)) {
            request.hasHash = true;
            request.hash = type.hash(key.bytes(), 0, key.length());
        }
        stream.finalEvaluation(false);
        scratch.release(key);
    }
}
