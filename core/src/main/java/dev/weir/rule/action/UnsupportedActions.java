package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;
import static dev.weir.rule.HttpRuleSet.RESPONSE;

import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleSet;
import java.util.EnumSet;
import java.util.Set;

/** What HAProxy has and this version has not: refused with the reason. */
final class UnsupportedActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> ALL = EnumSet.allOf(HttpRuleSet.class);
    private static final Set<HttpRuleSet> BOTH = EnumSet.of(REQUEST, RESPONSE);
    private static final Set<HttpRuleSet> REQUESTS = EnumSet.of(REQUEST);

    @Override
    public void describe(HttpActionTable table) {
        table.unsupported(REQUESTS, "there is no cache yet", "cache-use");
        table.unsupported(EnumSet.of(RESPONSE), "there is no cache yet", "cache-store");
        table.unsupported(BOTH, "there is no SPOE", "send-spoe-group");
        table.unsupported(ALL, "there is no OpenTracing", "ot-group");
    }
}
