package dev.weir.rule;

import dev.weir.log.LogFormatParser;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.stream.LogOrigin;

/**
 * What the parsers of actions work with.
 *
 * @param context of the line, whose hook tells the rule set's place
 * @param resources of the configuration around it
 * @param origin what lines are called that a rule of the set writes; null outside rule sets
 */
public record ActionTools(
        ExpressionParser expressions,
        LogFormatParser formats,
        ParseContext context,
        RuleResources resources,
        LogOrigin origin) {

    /** For what stands outside rule sets. */
    public ActionTools(
            ExpressionParser expressions, LogFormatParser formats, ParseContext context, RuleResources resources) {
        this(expressions, formats, context, resources, null);
    }
}
