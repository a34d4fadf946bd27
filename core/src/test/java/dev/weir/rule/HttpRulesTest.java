package dev.weir.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sample.ParseProblem;
import org.junit.jupiter.api.Test;

class HttpRulesTest {
    private final HttpFixture fixture = new HttpFixture().request("GET /a/b?c=d HTTP/1.1\nHost: h.x\nA: 1\na: 2");

    @Test
    void shouldStopAtTheFirstRuleThatAnswers() throws ParseProblem {
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST, "deny if { src 10.0.0.0/8 }", "deny status 404 if { src 192.0.2.7 }", "allow");

        assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.DENY);
        assertThat(fixture.exchange.nextRule()).isEqualTo(2);
        assertThat(fixture.stream.lastRuleLine()).isEqualTo(14);
        assertThat(rules.reply(fixture.stream).status()).isEqualTo(404);
    }

    @Test
    void shouldGoOnFromWhereTheSessionSays() throws ParseProblem {
        HttpRules rules = fixture.rules(HttpRuleSet.REQUEST, "deny", "add-header x y", "allow");

        assertThat(rules.evaluate(1, fixture.stream, fixture.scratch)).isEqualTo(HttpRuleResult.ALLOW);
        assertThat(fixture.request()).endsWith("\nx: y");
    }

    @Test
    void shouldAddSetAndDeleteFields() throws ParseProblem {
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST,
                "add-header X-Src %[src]",
                "add-header X-Src \"two words\"",
                "set-header A 3-%[src_port]",
                "del-header HOST");

        assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.CONTINUE);
        assertThat(fixture.request()).isEqualTo("GET /a/b?c=d HTTP/1.1\nx-src: 192.0.2.7\nx-src: two words\na: 3-1234");
        assertThat(fixture.scratch.lentCount()).isZero();
    }

    @Test
    void shouldEditTheResponse() throws ParseProblem {
        fixture.response("HTTP/1.1 200 OK\nServer: x\nSet-Cookie: a");
        HttpRules rules = fixture.rules(HttpRuleSet.AFTER_RESPONSE, "del-header server", "set-header B %[src]");

        fixture.evaluate(rules);

        assertThat(fixture.response()).isEqualTo("HTTP/1.1 200 OK\nset-cookie: a\nb: 192.0.2.7");
    }

    @Test
    void shouldEndTheExchangeWhenARewriteFails() throws ParseProblem {
        String line = "add-header x " + "y".repeat(9000);
        HttpRules rules = fixture.rules(HttpRuleSet.REQUEST, line, line, "deny");

        assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.REWRITE_FAILED);
        assertThat(fixture.exchange.failedRewrites()).isEqualTo(1);
        assertThat(fixture.exchange.request().isOverflowed()).isFalse();
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        assertThatThrownBy(() -> fixture.rules(HttpRuleSet.REQUEST, "set-header a"))
                .hasMessage(
                        "error detected in proxy 'fe' while parsing 'http-request set-header' rule : expects exactly 2"
                                + " arguments");
        assertThatThrownBy(() -> fixture.rules(HttpRuleSet.REQUEST, "deny now"))
                .hasMessage(
                        "'http-request deny' expects either 'if' or 'unless' followed by a condition but found 'now'.");
        assertThatThrownBy(() -> fixture.rules(HttpRuleSet.AFTER_RESPONSE, "deny"))
                .hasMessageContaining("but got 'deny'");
        assertThatThrownBy(() -> fixture.rules(HttpRuleSet.REQUEST, "set-header a b if { foo }"))
                .hasMessageContaining("an 'http-request set-header' condition");
    }
}
