package dev.weir.rule;

import dev.weir.log.LogFormatParser;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;

/**
 * What the parsers of actions work with.
 *
 * @param context of the line, whose hook tells the rule set's place
 * @param resources of the configuration around it
 */
public record ActionTools(
        ExpressionParser expressions, LogFormatParser formats, ParseContext context, RuleResources resources) {}
