package dev.weir.config.compile;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.FrontendSettings;
import dev.weir.config.model.ProxySection;

/** The default of {@code fullconn}: a tenth of what the frontends that may lead to a backend let in together; at least 1. */
final class FullConn {
    private FullConn() {}

    static int of(Configuration configuration, ProxySection backend, int processMaxConn) {
        long total = 0;
        for (var proxy : configuration.proxies()) {
            if (proxy.frontend() != null && !proxy.disabled() && leadsTo(proxy, backend)) {
                total += proxy.frontend().maxConn() != 0 ? proxy.frontend().maxConn() : processMaxConn;
            }
        }
        return Math.clamp((total + 9) / 10, 1, Integer.MAX_VALUE);
    }

    private static boolean leadsTo(ProxySection proxy, ProxySection backend) {
        FrontendSettings frontend = proxy.frontend();
        if (frontend.defaultBackend().isEmpty()
                ? proxy == backend
                : frontend.defaultBackend().equals(backend.name())) {
            return true;
        }
        for (var rule : frontend.useBackends()) {
            if (rule.target().equals(backend.name())) {
                return true;
            }
        }
        return false;
    }
}
