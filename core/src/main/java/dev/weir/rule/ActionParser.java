package dev.weir.rule;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;

/**
 * Reads what follows an action's name, up to its condition. Stateless; any thread.
 *
 * @param <T> what it makes: a {@link RuleAction}, an {@link HttpAction}, an {@link Effect}
 */
public interface ActionParser<T> {
    /**
     * @param name of the action with what stands in parentheses behind it, such as {@code set-var(txn.a)}
     * @param words behind the name
     */
    T parse(String name, Words words, ActionTools tools) throws ParseProblem;
}
