package dev.weir.rule;

import dev.weir.rule.reply.Reply;
import dev.weir.rule.service.Service;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** What an HTTP rule does when its condition passes. Immutable; any loop. */
public interface HttpAction {
    /** CONTINUE lets the next rule run; anything else stops the set. */
    HttpRuleResult run(Stream stream, Scratch scratch);

    /** Whether it gives early hints, of which neighbours share a response. */
    default boolean isEarlyHint() {
        return false;
    }

    /** Who answers after SERVICE; null for other actions. */
    default Service service() {
        return null;
    }

    /** What is to be written after a result that calls for it; null for other actions. */
    default Reply reply() {
        return null;
    }
}
