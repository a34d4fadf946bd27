package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;
import static dev.weir.rule.HttpRuleSet.RESPONSE;

import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.HttpRuleSet;
import java.util.EnumSet;
import java.util.Set;

/** Whether the exchange goes on, and how the set runs. */
final class FlowActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> ALL = EnumSet.allOf(HttpRuleSet.class);
    private static final Set<HttpRuleSet> REQUESTS = EnumSet.of(REQUEST);

    @Override
    public void describe(HttpActionTable table) {
        table.fixed("allow", ALL, "ends the set and goes on", (stream, scratch) -> HttpRuleResult.ALLOW);
        table.fixed("reject", REQUESTS, "closes the connection", (stream, scratch) -> HttpRuleResult.REJECT);
        table.fixed(
                "silent-drop",
                EnumSet.of(REQUEST, RESPONSE),
                "makes the connection disappear",
                (stream, scratch) -> HttpRuleResult.SILENT_DROP);
    }
}
