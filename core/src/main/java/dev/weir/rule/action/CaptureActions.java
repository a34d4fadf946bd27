package dev.weir.rule.action;

import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleSet;
import java.util.EnumSet;

/** What is kept for logs. */
final class CaptureActions implements HttpActionFamily {
    @Override
    public void describe(HttpActionTable table) {
        table.effect(
                "capture",
                EnumSet.allOf(HttpRuleSet.class),
                "keeps the value of an expression for logs",
                CaptureEffects::capture);
    }
}
