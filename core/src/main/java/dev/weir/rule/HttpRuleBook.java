package dev.weir.rule;

import dev.weir.rule.reply.ErrorReplies;

/**
 * All that one {@code mode http} proxy says about messages. A {@code listen} section has one as frontend and as backend: where both
 * sides have the same, it is evaluated once. Immutable; any loop.
 *
 * @param statistics the statistics page, behind {@code request}
 * @param redirects the {@code redirect} lines of old; they run after {@code request}
 * @param errors what the proxy answers itself, by status
 */
public record HttpRuleBook(
        HttpRules request,
        HttpRules statistics,
        HttpRules redirects,
        HttpRules response,
        HttpRules afterResponse,
        ErrorReplies errors) {
    /** Nothing configured. */
    public static final HttpRuleBook NONE = new HttpRuleBook(
            HttpRules.NONE, HttpRules.NONE, HttpRules.NONE, HttpRules.NONE, HttpRules.NONE, ErrorReplies.NONE);
}
