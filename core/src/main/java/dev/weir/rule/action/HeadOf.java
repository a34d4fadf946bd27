package dev.weir.rule.action;

import dev.weir.protocol.http.MessageHead;
import dev.weir.rule.ActionTools;
import dev.weir.rule.HttpRuleResult;
import dev.weir.sample.Hook;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;

/** Which of an exchange's two heads the rules of a set edit, and what becomes of edits that fail. Closed set. */
enum HeadOf {
    REQUEST,
    RESPONSE;

    static HeadOf setOf(ActionTools tools) {
        return tools.context().hook() == Hook.HTTP_REQUEST ? REQUEST : RESPONSE;
    }

    MessageHead in(Stream stream) {
        return this == REQUEST ? stream.http().request() : stream.http().response();
    }

    /** After an edit: a failed one is counted, and ends the exchange unless the set is lax. */
    static HttpRuleResult result(Stream stream, MessageHead head) {
        return head.isOverflowed() ? failed(stream, head) : HttpRuleResult.CONTINUE;
    }

    private static HttpRuleResult failed(Stream stream, MessageHead head) {
        HttpExchange exchange = stream.http();
        head.forgetOverflow();
        exchange.countFailedRewrite();
        return exchange.isStrictRewriting() ? HttpRuleResult.REWRITE_FAILED : HttpRuleResult.CONTINUE;
    }
}
