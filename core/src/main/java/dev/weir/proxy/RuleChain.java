package dev.weir.proxy;

import dev.weir.rule.RuleResult;
import dev.weir.rule.TcpRules;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/**
 * The rules of one set that a section has: those that it inherited from its named defaults, then its own.
 * Immutable; any loop.
 */
public record RuleChain(TcpRules inherited, TcpRules own) {
    public static final RuleChain NONE = new RuleChain(TcpRules.NONE, TcpRules.NONE);

    public boolean isEmpty() {
        return inherited.isEmpty() && own.isEmpty();
    }

    RuleResult evaluate(Stream stream, Scratch scratch, boolean isFinal) {
        RuleResult result = inherited.evaluate(stream, scratch, isFinal);
        return result == RuleResult.CONTINUE ? own.evaluate(stream, scratch, isFinal) : result;
    }

    /** Goes on behind the connection rule that asked for a PROXY header. */
    RuleResult resume(Stream stream, Scratch scratch) {
        boolean wasInherited = inherited.expectsProxy();
        RuleResult result = wasInherited ? inherited.resume(stream, scratch) : own.resume(stream, scratch);
        return wasInherited && result == RuleResult.CONTINUE ? own.evaluate(stream, scratch, true) : result;
    }
}
