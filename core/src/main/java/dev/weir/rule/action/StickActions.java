package dev.weir.rule.action;

import static dev.weir.rule.HttpRuleSet.REQUEST;
import static dev.weir.rule.HttpRuleSet.RESPONSE;

import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleSet;
import java.util.EnumSet;
import java.util.Set;

/** What HTTP rules do with stick tables. */
final class StickActions implements HttpActionFamily {
    private static final Set<HttpRuleSet> ALL = EnumSet.allOf(HttpRuleSet.class);

    @Override
    public void describe(HttpActionTable table) {
        table.effect(
                HttpActionTable.TRACK,
                EnumSet.of(REQUEST, RESPONSE),
                "counts in an entry of a stick table: `track-sc0`, `track-sc1` ...",
                StickEffects::track);
        table.effect("sc-inc-gpc", ALL, "adds one to an element of the array gpc", StickEffects::incrementElement);
        table.effect("sc-inc-gpc0", ALL, "adds one to counter 0 of a tracked entry", StickEffects::incrementCounter);
        table.effect("sc-inc-gpc1", ALL, "adds one to counter 1 of a tracked entry", StickEffects::incrementCounter);
        table.effect("sc-add-gpc", ALL, "adds to an element of the array gpc", StickEffects::addElement);
        table.effect("sc-set-gpt", ALL, "sets an element of the array gpt", StickEffects::setElement);
        table.effect("sc-set-gpt0", ALL, "sets tag 0 of a tracked entry", StickEffects::setTag);
    }
}
