package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;
import static dev.weir.rule.HttpRuleSet.RESPONSE;

import dev.weir.rule.ActionTools;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import dev.weir.rule.RuleMessages;
import dev.weir.rule.reply.CredentialsReply;
import dev.weir.rule.reply.Reply;
import dev.weir.rule.reply.ReplyParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Scratch;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import java.util.EnumSet;
import java.util.Set;

/** Answers of the proxy's own. */
final class ReplyActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> BOTH = EnumSet.of(REQUEST, RESPONSE);
    private static final Set<HttpRuleSet> REQUESTS = EnumSet.of(REQUEST);

    @Override
    public void describe(HttpActionTable table) {
        table.add("deny", BOTH, "answers with an error", (word, words, tools) -> {
            int status = tools.context().hook() == Hook.HTTP_REQUEST ? 403 : 502;
            return new Answer(HttpRuleResult.DENY, refusal(words, tools, status));
        });
        table.add(
                "tarpit",
                REQUESTS,
                "holds the request for `timeout tarpit`, then answers with an error",
                (word, words, tools) -> new Answer(HttpRuleResult.TARPIT, refusal(words, tools, 500)));
        table.add(
                "return",
                BOTH,
                "answers with a given payload",
                (word, words, tools) -> new Answer(HttpRuleResult.RETURN, ReplyParser.parse(words, tools, 200)));
        table.add("auth", REQUESTS, "asks for a user and a password", ReplyActions::auth);
    }

    /** {@code deny_status} is {@code status} by its older name; with nothing behind it the answer is that status' page. */
    private static Reply refusal(Words words, ActionTools tools, int status) throws ParseProblem {
        int chosen = words.skip("deny_status") ? ReplyParser.status(words) : status;
        return ActionWords.hasArgument(words)
                ? ReplyParser.parse(words, tools, chosen)
                : ReplyParser.page(chosen, "default-errorfiles");
    }

    private static HttpAction auth(String word, Words words, ActionTools tools) throws ParseProblem {
        String realm = words.skip("realm")
                ? ActionWords.exactly(1, words, "missing realm value").get(0)
                : RuleMessages.name(tools.context());
        return new Answer(HttpRuleResult.AUTH, new CredentialsReply(realm));
    }

    /** Stops the set with a reply. */
    record Answer(HttpRuleResult result, Reply reply) implements HttpAction {
        @Override
        public HttpRuleResult run(Stream stream, Scratch scratch) {
            return result;
        }
    }
}
