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
    void shouldNotReplaceAPathThatIsNotThere() throws ParseProblem {
        fixture.request("OPTIONS http://h.x HTTP/1.1\nHost: h.x");
        HttpRules rules = fixture.rules(HttpRuleSet.REQUEST, "replace-path x* /y", "replace-pathq ^(.*)$ /y");

        assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.CONTINUE);
        assertThat(fixture.request()).isEqualTo("OPTIONS http://h.x HTTP/1.1\nhost: h.x");
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
        assertThat(fixture.exchange.takeFailedRewrites()).isEqualTo(1);
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

    @Test
    void shouldKeepTheHeadWithinABuffer() throws ParseProblem {
        fixture.request("GET / HTTP/1.1\nA: " + "y".repeat(8000));
        HttpRules lax = fixture.rules(
                HttpRuleSet.REQUEST,
                "strict-mode off",
                "set-header b %[req.hdr(a)]",
                "set-header c %[req.hdr(a)]",
                "set-header d e");

        assertThat(fixture.evaluate(lax)).isEqualTo(HttpRuleResult.CONTINUE);
        assertThat(fixture.exchange.takeFailedRewrites()).isEqualTo(1);
        assertThat(fixture.request())
                .contains("\nb: yyy")
                .doesNotContain("\nc:")
                .endsWith("\nd: e");
    }

    @Test
    void shouldReplaceTheSameFieldAgainAndAgain() throws ParseProblem {
        HttpRules rules = fixture.rules(HttpRuleSet.REQUEST, "set-header b " + "y".repeat(500));

        for (int i = 0; i < 60; i++) {
            assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.CONTINUE);
        }
    }

    @Test
    void shouldGatherEarlyHintsOfNeighbours() throws ParseProblem {
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST,
                "early-hint Link a%[path]",
                "early-hint Link b",
                "early-hint Link c if { path -m beg /a }",
                "set-header q 1");

        assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.EARLY_HINT);
        assertThat(HttpFixture.text(fixture.exchange.earlyHints()))
                .isEqualTo("HTTP/1.1 103 Early Hints\nlink: a/a/b\nlink: b");

        fixture.exchange.earlyHints().clear();
        assertThat(rules.evaluate(fixture.exchange.nextRule(), fixture.stream, fixture.scratch))
                .isEqualTo(HttpRuleResult.EARLY_HINT);
        assertThat(HttpFixture.text(fixture.exchange.earlyHints())).endsWith("\nlink: c");

        fixture.exchange.request().version(0x0100);
        assertThat(rules.evaluate(0, fixture.stream, fixture.scratch)).isEqualTo(HttpRuleResult.CONTINUE);
        assertThat(fixture.request()).contains("\nq: 1");
    }

    @Test
    void shouldSayWhatToWaitFor() throws ParseProblem {
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST,
                "wait-for-body time 2s at-least 1k",
                "pause src_port",
                "wait-for-handshake",
                "allow");

        assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.WAIT_FOR_BODY);
        assertThat(fixture.exchange.awaitedMs()).isEqualTo(2000);
        assertThat(fixture.exchange.awaitedBytes()).isEqualTo(1024);

        assertThat(rules.evaluate(1, fixture.stream, fixture.scratch)).isEqualTo(HttpRuleResult.PAUSE);
        assertThat(fixture.exchange.awaitedMs()).isEqualTo(1234);
        assertThat(rules.evaluate(2, fixture.stream, fixture.scratch)).isEqualTo(HttpRuleResult.ALLOW);
    }

    @Test
    void shouldChangeTimeoutsForGood() throws ParseProblem {
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST,
                "set-timeout client 7s",
                "set-timeout server int(1500)",
                "set-timeout tunnel 1m",
                "disable-l7-retry");

        fixture.evaluate(rules);
        fixture.stream.backend(fixture.context.process.backend);

        assertThat(fixture.stream.timeouts().clientMs()).isEqualTo(7000);
        assertThat(fixture.stream.timeouts().serverMs()).isEqualTo(1500);
        assertThat(fixture.stream.timeouts().tunnelMs()).isEqualTo(60_000);
        assertThat(fixture.exchange.retriesLayer7()).isFalse();
    }

    @Test
    void shouldLeaveTheFramingOfMessagesAlone() throws ParseProblem {
        fixture.request("POST / HTTP/1.1\nContent-Length: 3\nX: y");
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST,
                "set-header Content-Length 7",
                "add-header transfer-encoding chunked",
                "replace-header content-length (.*) 9",
                "del-header content-length",
                "del-header . -m reg");

        assertThat(fixture.evaluate(rules)).isEqualTo(HttpRuleResult.CONTINUE);
        assertThat(fixture.request()).isEqualTo("POST / HTTP/1.1\ncontent-length: 3");
        assertThat(fixture.context.warnings).hasSize(4);
    }
}
