package dev.weir.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.rule.reply.ErrorReplyParser;
import dev.weir.rule.reply.Reply;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code messages.txt} on heads alone: what a session adds to them is not seen here. */
class MessagesTest {
    private final HttpFixture fixture = new HttpFixture();
    private MessageCase wanted;

    static List<MessageCase> cases() throws IOException {
        return MessageCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldMakeOfMessagesWhatRulesSay(MessageCase wanted) throws ParseProblem {
        this.wanted = wanted;
        fixture.request(wanted.request());
        ErrorReplyParser errors = new ErrorReplyParser();
        for (String rule : wanted.rules()) {
            if (rule.startsWith("error") || rule.startsWith("http-error")) {
                fixture.context.hook = HttpRuleSet.REQUEST.hook();
                Words words = HttpFixture.words(rule);
                errors.add(words.next(), words, fixture.tools());
            }
        }
        fixture.errors = errors.build();

        String seen = answer();

        if (!wanted.expectedResponse().isEmpty()) {
            assertThat(seen.strip()).isEqualTo(wanted.expectedResponse().strip());
        }
        assertThat(fixture.scratch.lentCount()).isZero();
    }

    /** As a session would: the response that the client sees. */
    private String answer() throws ParseProblem {
        HttpRules requests = rules(HttpRuleSet.REQUEST);
        HttpRuleResult result = fixture.evaluate(requests);
        if (goesOn(result)) {
            requests = redirects();
            result = fixture.evaluate(requests);
        }
        if (!goesOn(result)) {
            return replied(requests);
        }
        assertRequest();
        fixture.stream.variables().clear(dev.weir.stream.Scope.REQ);
        fixture.exchange.hasRequest(false);
        fixture.response(wanted.response());
        HttpRules responses = rules(HttpRuleSet.RESPONSE);
        return goesOn(fixture.evaluate(responses)) ? after("") : replied(responses);
    }

    private void assertRequest() {
        if (!wanted.expectedRequest().isEmpty()) {
            assertThat(fixture.request()).isEqualTo(wanted.expectedRequest());
        }
    }

    private static boolean goesOn(HttpRuleResult result) {
        return result == HttpRuleResult.CONTINUE || result == HttpRuleResult.ALLOW;
    }

    private String replied(HttpRules rules) throws ParseProblem {
        Reply reply = rules.reply(fixture.stream);
        String written = fixture.written(reply);
        fixture.exchange.hasResponse(true);
        return after(written.substring(written.indexOf("\n\n")));
    }

    private String after(String body) throws ParseProblem {
        fixture.evaluate(rules(HttpRuleSet.AFTER_RESPONSE));
        return fixture.response() + body;
    }

    private HttpRules rules(HttpRuleSet set) throws ParseProblem {
        List<String> lines = new ArrayList<>();
        for (String rule : wanted.rules()) {
            if (rule.startsWith(set.text() + " ")) {
                lines.add(rule.substring(set.text().length() + 1));
            }
        }
        return fixture.rules(set, lines.toArray(new String[0]));
    }

    private HttpRules redirects() throws ParseProblem {
        fixture.context.hook = HttpRuleSet.REQUEST.hook();
        HttpRuleParser parser = new HttpRuleParser(
                HttpRuleSet.REQUEST, HttpFixture.EXPRESSIONS, HttpFixture.FORMATS, fixture.resources);
        for (String rule : wanted.rules()) {
            if (rule.startsWith("redirect ")) {
                Words words = HttpFixture.words(rule);
                words.next();
                parser.addRedirect(words, fixture.context, fixture.conditions);
            }
        }
        return parser.build();
    }
}
