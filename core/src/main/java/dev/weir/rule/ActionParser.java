package dev.weir.rule;

import dev.weir.log.LogFormatParser;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;

/** Reads what follows an action's name, up to its condition. Stateless; any thread. */
public interface ActionParser {
    /**
     * @param name of the action with what stands in parentheses behind it, such as {@code set-var(txn.a)}
     * @param words behind the name
     */
    RuleAction parse(String name, Words words, Tools tools) throws ParseProblem;

    /**
     * What action parsers work with.
     *
     * @param set the rule set the action stands in
     */
    record Tools(TcpRuleSet set, ExpressionParser expressions, LogFormatParser formats, ParseContext context) {}
}
