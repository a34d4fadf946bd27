package dev.weir.rule;

import static dev.weir.sample.Allocation.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.rule.reply.Reply;
import dev.weir.sample.ParseProblem;
import org.junit.jupiter.api.Test;

/** Rule lists as people write them, with requests as browsers send them. */
class HttpRuleAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final String REQUEST = """
            GET /static/app.js?v=12&lang=de HTTP/1.1
            Host: www.example.com
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9
            Accept-Encoding: gzip, deflate, br
            Cookie: a=b; SESSION=0123456789abcdef; theme=dark
            X-Forwarded-For: 203.0.113.9, 10.0.0.1
            Referer: https://www.example.com/index.html""";
    private static final String RESPONSE = """
            HTTP/1.1 200 OK
            Server: tomcat
            Content-Type: text/javascript
            Set-Cookie: x=y; Path=/
            Location: http://www.example.com/other
            Content-Length: 12""";

    private final HttpFixture fixture = new HttpFixture();

    private void resetRequest() {
        fixture.context.process.start(fixture.stream);
        fixture.exchange.start(1);
        fixture.parsedRequest.restore(fixture.exchange.request());
        fixture.exchange.hasRequest(true);
    }

    private void resetResponse() {
        resetRequest();
        fixture.parsedResponse.restore(fixture.exchange.response());
        fixture.exchange.hasResponse(true);
        fixture.exchange.status(200);
    }

    @Test
    void shouldRewriteARequestWithoutAllocating() throws ParseProblem {
        fixture.request(REQUEST);
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST,
                "deny if { src 10.0.0.0/8 192.168.0.0/16 } { path -m beg /admin }",
                "set-var(txn.host) req.hdr(host),field(1,:),lower",
                "deny status 400 if !{ var(txn.host) -m found }",
                "set-header X-Forwarded-Proto https",
                "set-header X-Request-Path %[path]?%[query]",
                "add-header X-Client \"%[src]:%[src_port]\"",
                "del-header X-Powered -m beg",
                "replace-header User-Agent (.*)AppleWebKit(.*) \\1weir\\2",
                "replace-value Accept (.*);q=0\\.9 \\1",
                "set-path /v2%[path] if { path -m beg /static/ }",
                "replace-path (.*)\\.js \\1.min.js",
                "set-query \"v=%[url_param(v)]\"",
                "set-header Host backend.example",
                "redirect scheme https if { dst_port 80 }",
                "set-log-level debug if { path -m end .ico }",
                "return status 200 content-type text/plain string ok if { path /health }");

        assertAllocatesNothing(ROUNDS, () -> {
            resetRequest();
            if (fixture.evaluate(rules) != HttpRuleResult.CONTINUE) {
                throw new AssertionError("not continued");
            }
        });

        assertThat(fixture.request())
                .startsWith("GET /v2/static/app.min.js?v=12 HTTP/1.1\n")
                .contains("\nx-request-path: /static/app.js?v=12&lang=de\n", "x-client: 192.0.2.7:1234")
                .endsWith("\nhost: backend.example");
    }

    @Test
    void shouldRewriteAResponseWithoutAllocating() throws ParseProblem {
        fixture.request(REQUEST).response(RESPONSE);
        HttpRules rules = fixture.rules(
                HttpRuleSet.RESPONSE,
                "del-header Server",
                "set-header Strict-Transport-Security \"max-age=63072000\"",
                "replace-value Set-Cookie (.*) \"\\1; Secure\"",
                "replace-header Location ^http:(.*) https:\\1",
                "set-header Cache-Control \"public, max-age=60\" if { status 200 }",
                "set-status 503 if { status 500 }");

        assertAllocatesNothing(ROUNDS, () -> {
            resetResponse();
            fixture.evaluate(rules);
        });

        assertThat(fixture.response())
                .contains("set-cookie: x=y; Path=/; Secure", "location: https://www", "cache-control: public");
    }

    @Test
    void shouldAnswerWithoutAllocating() throws ParseProblem {
        fixture.request(REQUEST);
        HttpRules rules = fixture.rules(
                HttpRuleSet.REQUEST,
                "deny deny_status 429 if { req.hdr(host) -m str none }",
                "redirect prefix https://new.example code 301 if { path -m beg /static/ }");

        assertAllocatesNothing(ROUNDS, () -> {
            resetRequest();
            fixture.evaluate(rules);
            Reply reply = rules.reply(fixture.stream);
            if (!reply.write(
                    fixture.stream, fixture.scratch, fixture.errors, fixture.exchange.response(), fixture.body)) {
                throw new AssertionError("does not fit");
            }
        });

        assertThat(fixture.response()).contains("location: https://new.example/static/app.js?v=12&lang=de");
    }
}
