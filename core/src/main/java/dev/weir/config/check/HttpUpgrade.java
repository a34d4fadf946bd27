package dev.weir.config.check;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.RuleLine;
import dev.weir.config.model.RuleSet;
import dev.weir.config.model.Rules;

/** Connections of a proxy in {@code mode tcp} that become HTTP: by a rule, or because their backend is in {@code mode http}. */
final class HttpUpgrade {
    private HttpUpgrade() {}

    /** Whether what the proxy says about HTTP may come to hold. */
    static boolean isPossible(Configuration configuration, ProxySection proxy) {
        return proxy.mode() == Mode.TCP
                && proxy.frontend() != null
                && (isByRule(proxy) || mayLeadToHttp(configuration, proxy));
    }

    private static boolean mayLeadToHttp(Configuration configuration, ProxySection proxy) {
        var frontend = proxy.frontend();
        return isHttp(configuration, frontend.defaultBackend())
                || frontend.useBackends().stream()
                        .anyMatch(rule -> rule.isDynamic() || isHttp(configuration, rule.target()));
    }

    private static boolean isHttp(Configuration configuration, String name) {
        ProxySection backend = name.isEmpty() ? null : configuration.backend(name);
        return backend != null && backend.mode() == Mode.HTTP;
    }

    private static boolean isByRule(ProxySection proxy) {
        return hasSwitch(proxy.inherited()) || hasSwitch(proxy.rules());
    }

    private static boolean hasSwitch(Rules rules) {
        return rules.lines().stream().anyMatch(HttpUpgrade::isSwitch);
    }

    private static boolean isSwitch(RuleLine line) {
        return line.set() == RuleSet.TCP_REQUEST_CONTENT && line.words().get(0).equals("switch-mode");
    }

    /** Reports rules that cannot do what they say. */
    static void check(ProxySection proxy, Problems problems) {
        if (proxy.frontend() == null) {
            refuse(proxy, proxy.inherited(), problems);
            refuse(proxy, proxy.rules(), problems);
        } else if (leadsNowhere(proxy) && isByRule(proxy)) {
            problems.warning(
                    proxy.at(),
                    "Proxy '" + proxy.name() + "' : 'switch-mode http' configured for a tcp proxy with no backend."
                            + " Incoming connections upgraded to HTTP cannot be routed to TCP servers");
        }
    }

    private static void refuse(ProxySection proxy, Rules rules, Problems problems) {
        rules.lines().stream()
                .filter(HttpUpgrade::isSwitch)
                .forEach(line -> problems.alert(
                        line.at(),
                        "'tcp-request switch-mode' not allowed because " + proxy.title()
                                + " has no frontend capability"));
    }

    private static boolean leadsNowhere(ProxySection proxy) {
        return proxy.mode() == Mode.TCP
                && proxy.backend() != null
                && !proxy.backend().servers().isEmpty()
                && proxy.frontend().defaultBackend().isEmpty()
                && proxy.frontend().useBackends().isEmpty();
    }
}
