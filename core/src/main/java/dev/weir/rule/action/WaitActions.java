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
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Quantity;
import dev.weir.sample.Words;
import java.util.EnumSet;
import java.util.Set;

/** What an exchange waits for before its next rule, and for how long its peers may be silent. */
final class WaitActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> BOTH = EnumSet.of(REQUEST, RESPONSE);
    private static final String EXPECTED = "expects time <time> [ at-least <bytes> ]";

    @Override
    public void describe(HttpActionTable table) {
        table.add(
                "wait-for-body",
                BOTH,
                "waits until the body, or so much of it, is there; as much as a buffer holds at most",
                WaitActions::waitForBody);
        table.fixed(
                "wait-for-handshake",
                EnumSet.of(REQUEST),
                "waits for the end of the TLS handshake; there is nothing to wait for without early data",
                (stream, scratch) -> HttpRuleResult.CONTINUE);
        table.add(
                "do-resolve",
                EnumSet.of(REQUEST),
                "asks name servers for the address of a name, and sets a variable to it",
                ResolveAction::http);
        table.add("pause", BOTH, "waits for a time", WaitActions::pause);
        table.add(
                "set-timeout",
                BOTH,
                "changes `timeout client`, `timeout server` or `timeout tunnel`",
                WaitActions::setTimeout);
    }

    private static HttpAction waitForBody(String word, Words words, ActionTools tools) throws ParseProblem {
        long timeMs = -1;
        long bytes = 0;
        while (words.peek().equals("time") || words.peek().equals("at-least")) {
            boolean isTime = words.next().equals("time");
            String value = ActionWords.exactly(
                            1, words, "missing argument for '" + (isTime ? "time" : "at-least") + "'")
                    .get(0);
            if (isTime) {
                timeMs = Delay.time(value, "", "wait-for-body");
            } else {
                bytes = size(value);
            }
        }
        if (timeMs < 0) {
            throw new ParseProblem("%s", EXPECTED);
        }
        long waitMs = timeMs;
        long waitBytes = bytes;
        return (stream, scratch) -> {
            stream.http().await(waitMs, waitBytes);
            return HttpRuleResult.WAIT_FOR_BODY;
        };
    }

    private static long size(String text) throws ParseProblem {
        long bytes = Quantity.size(text);
        if (bytes < 0) {
            throw new ParseProblem("unexpected character '%c'", Quantity.offender(text));
        }
        return bytes;
    }

    private static HttpAction pause(String word, Words words, ActionTools tools) throws ParseProblem {
        Delay delay = Delay.parse(words, tools, "pause");
        return (stream, scratch) -> {
            long ms = delay.ms(stream, scratch);
            stream.http().await(ms, 0);
            return ms == 0 ? HttpRuleResult.CONTINUE : HttpRuleResult.PAUSE;
        };
    }

    private static HttpAction setTimeout(String word, Words words, ActionTools tools) throws ParseProblem {
        String which = ActionWords.exactly(1, words).get(0);
        boolean isClient = which.equals("client");
        if (!isClient && !which.equals("server") && !which.equals("tunnel")) {
            throw new ParseProblem("'set-timeout' rule supports 'server'/'tunnel'/'client' (got '%s')", which);
        }
        if (!ActionWords.hasArgument(words)) {
            throw new ParseProblem("expects exactly 2 arguments");
        }
        Delay delay = Delay.parse(words, tools, "set-timeout " + which);
        checkSide(isClient, tools);
        return (stream, scratch) -> {
            long ms = delay.ms(stream, scratch);
            if (ms > 0) {
                switch (which) {
                    case "client" -> stream.timeouts().setClientMs(ms);
                    case "server" -> stream.timeouts().setServerMs(ms);
                    default -> stream.timeouts().setTunnelMs(ms);
                }
            }
            return HttpRuleResult.CONTINUE;
        };
    }

    private static void checkSide(boolean isClient, ActionTools tools) throws ParseProblem {
        boolean hasSide =
                isClient ? tools.context().frontend() != null : tools.context().backend() != null;
        if (!hasSide) {
            throw new ParseProblem(
                    "'%s' has no %s capability", RuleMessages.name(tools.context()), isClient ? "frontend" : "backend");
        }
    }
}
