package dev.weir.rule.action;

import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import dev.weir.rule.HttpRuleSet;
import java.util.EnumSet;
import java.util.Set;

/** Changes of lists and maps. */
final class PatternActions implements HttpActionFamily {
    @Override
    public void describe(HttpActionTable table) {
        Set<HttpRuleSet> all = EnumSet.allOf(HttpRuleSet.class);
        table.effect("set-map", all, "gives a key of a map a value", PatternEffects::setMap);
        table.effect("del-map", all, "takes a key out of a map", PatternEffects::deleteMap);
        table.effect(
                "add-acl",
                EnumSet.of(HttpRuleSet.REQUEST, HttpRuleSet.RESPONSE),
                "adds a pattern to a list",
                PatternEffects::addAcl);
        table.effect("del-acl", all, "takes a pattern out of a list", PatternEffects::deleteAcl);
    }
}
