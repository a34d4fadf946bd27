package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;
import static dev.weir.rule.HttpRuleSet.RESPONSE;

import dev.weir.rule.ActionTools;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.reply.RedirectParser;
import dev.weir.rule.reply.RedirectReply;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.EnumSet;

/** Other places for the client to go to. */
public final class RedirectActions implements HttpActionFamily {
    @Override
    public void describe(HttpActionTable table) {
        table.add(
                "redirect",
                EnumSet.of(REQUEST, RESPONSE),
                "sends the client to another place",
                (word, words, tools) -> new Redirect(RedirectParser.parse(words, tools, true)));
    }

    /** A {@code redirect} line of old, whose place is a plain text. */
    public static HttpAction legacy(Words words, ActionTools tools) throws ParseProblem {
        return new Redirect(RedirectParser.parse(words, tools, false));
    }

    /** Stops the set, unless the place turns out to be empty and the rule says to ignore that. */
    record Redirect(RedirectReply reply) implements HttpAction {
        @Override
        public HttpRuleResult run(Stream stream, Scratch scratch) {
            return reply.isIgnored(stream, scratch) ? HttpRuleResult.CONTINUE : HttpRuleResult.REDIRECT;
        }
    }
}
