package dev.weir.config.compile;

import dev.weir.acl.Condition;
import dev.weir.cli.page.PageSettings;
import dev.weir.config.model.Position;
import dev.weir.config.model.StatsPageLines;
import dev.weir.rule.HttpRules;
import dev.weir.rule.StatsRules;
import java.util.List;

/** The {@code stats} lines of one proxy as rules. */
final class StatsPageCompiler {
    /** Compiles the condition of a line; null after a complaint. */
    interface Conditions {
        Condition compile(Position at, List<String> words);
    }

    private final StatsPageLines page;
    private final String proxyName;
    private final Services services;
    private final String nodeName;
    private final Conditions conditions;

    StatsPageCompiler(
            StatsPageLines page, String proxyName, Services services, String nodeName, Conditions conditions) {
        this.page = page;
        this.proxyName = proxyName;
        this.services = services;
        this.nodeName = nodeName;
        this.conditions = conditions;
    }

    HttpRules compile() {
        var rules = new StatsRules(page.uri(), page.at().file(), page.at().line());
        for (StatsPageLines.Access access : page.access()) {
            Condition condition = conditions.compile(access.at(), access.condition());
            if (condition != null) {
                access(rules, access, condition);
            }
        }
        if (!page.accounts().isEmpty()) {
            rules.accounts(page.accounts(), page.realm());
        }
        if (page.adminCondition() != null) {
            Condition condition = conditions.compile(page.adminAt(), page.adminCondition());
            if (condition != null) {
                rules.admin(services.page(settings(true)), condition);
            }
        }
        return rules.build(services.page(settings(false)));
    }

    private void access(StatsRules rules, StatsPageLines.Access access, Condition condition) {
        switch (access.action()) {
            case "deny" -> rules.deny(condition);
            case "auth" -> rules.challenge(access.realm().isEmpty() ? page.realm() : access.realm(), condition);
            default -> rules.allow(condition);
        }
    }

    private PageSettings settings(boolean isAdmin) {
        List<String> scope = page.scope().stream()
                .map(name -> name.equals(".") ? proxyName : name)
                .toList();
        String node = page.node() != null && page.node().isEmpty() ? nodeName : page.node();
        return new PageSettings(
                page.uri(),
                page.refreshSeconds(),
                scope,
                page.hidesVersion(),
                node,
                page.description(),
                page.showsLegends(),
                isAdmin);
    }
}
