package dev.weir.config.check;

import static java.util.Map.entry;

import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.RuleSet;
import java.util.List;
import java.util.Map;

/** What a proxy says that means nothing in {@code mode tcp}, in HAProxy's order and words. */
final class HttpOnly {
    private static final List<Map.Entry<ProxyOption, String>> OPTIONS = List.of(
            entry(ProxyOption.DISABLE_H2_UPGRADE, "disable-h2-upgrade"),
            entry(ProxyOption.CHECKCACHE, "checkcache"),
            entry(ProxyOption.HTTP_BUFFER_REQUEST, "http-buffer-request"),
            entry(ProxyOption.HTTP_DROP_REQUEST_TRAILERS, "http-drop-request-trailers"),
            entry(ProxyOption.HTTP_DROP_RESPONSE_TRAILERS, "http-drop-response-trailers"),
            entry(ProxyOption.HTTP_NO_DELAY, "http-no-delay"),
            entry(ProxyOption.HTTP_IGNORE_PROBES, "http-ignore-probes"),
            entry(ProxyOption.PREFER_LAST_SERVER, "prefer-last-server"),
            entry(ProxyOption.ACCEPT_UNSAFE_REQUESTS, "accept-unsafe-violations-in-http-request"),
            entry(ProxyOption.ACCEPT_UNSAFE_RESPONSES, "accept-unsafe-violations-in-http-response"),
            entry(ProxyOption.HTTP_USE_PROXY_HEADER, "http-use-proxy-header"),
            entry(ProxyOption.HTTP_PRETEND_KEEPALIVE, "http-pretend-keepalive"));

    private final ProxySection proxy;
    private final Problems problems;

    /** @param proxy one none of whose connections can become HTTP */
    HttpOnly(ProxySection proxy, Problems problems) {
        this.proxy = proxy;
        this.problems = problems;
    }

    void check() {
        statements();
        rules();
        options();
    }

    private void statements() {
        if (proxy.statsPage() != null) {
            ignored("'stats' statement", "it requires");
        }
        if (proxy.frontend() != null && capturesFields()) {
            ignored("'capture' statement", "it requires");
        }
        if (proxy.frontend() != null && !proxy.http().monitor().uri().isEmpty()) {
            ignored("'monitor-uri' statement", "it requires");
        }
    }

    /** Rules may fill the other slots from what they like. */
    private boolean capturesFields() {
        var captures = proxy.frontend().captures();
        return !captures.cookie().isEmpty()
                || captures.slots().stream().anyMatch(slot -> !slot.field().isEmpty());
    }

    private void rules() {
        for (var set : RuleSet.values()) {
            if (set.isHttp() && (proxy.rules().has(set) || proxy.inherited().has(set))) {
                ignored("'" + set.keyword() + "' rules", "they require");
            }
        }
    }

    private void options() {
        for (var option : OPTIONS) {
            optionIf(proxy.options().has(option.getKey()), option.getValue());
        }
        optionIf(proxy.http().forwardedFor() != null, "forwardfor");
        optionIf(proxy.http().forwarded() != null && proxy.backend() != null, "forwarded");
        optionIf(proxy.http().originalTo() != null, "originalto");
    }

    private void optionIf(boolean isSet, String name) {
        if (isSet) {
            ignored("'option " + name + "'", "it requires");
        }
    }

    private void ignored(String what, String requirement) {
        problems.warning(proxy.at(), what + " ignored for " + proxy.title() + " as " + requirement + " HTTP mode.");
    }
}
