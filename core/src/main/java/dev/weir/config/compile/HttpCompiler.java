package dev.weir.config.compile;

import dev.weir.config.model.GlobalSection.Tuning;
import dev.weir.config.model.HttpSettings;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.Timeouts;
import dev.weir.protocol.http.FieldName;
import dev.weir.proxy.HttpBackend;
import dev.weir.proxy.HttpFrontend;
import dev.weir.proxy.HttpSide;
import dev.weir.server.ReuseMode;

/** What {@code mode http} adds to one proxy's frontend and backend. */
final class HttpCompiler {
    private static final int BUFFER_BYTES = 16384;
    private static final int REWRITE_BYTES = 1024;
    private static final int HEADERS_MAX = 101;

    private HttpCompiler() {}

    static HttpFrontend frontend(ProxySection proxy, Tuning tuning) {
        var frontend = new HttpFrontend();
        fillSide(proxy, frontend);
        fillLimits(tuning, frontend);
        Timeouts timeouts = proxy.timeouts();
        frontend.requestTimeoutMs = timeouts.httpRequestMs();
        frontend.keepAliveTimeoutMs =
                timeouts.httpKeepAliveMs() != 0 ? timeouts.httpKeepAliveMs() : timeouts.httpRequestMs();
        String uniqueIdHeader = proxy.frontend().captures().uniqueIdHeader();
        frontend.uniqueIdHeader = uniqueIdHeader.isEmpty() ? null : FieldName.of(uniqueIdHeader);
        frontend.tarpitTimeoutMs = timeouts.tarpitMs() != 0 ? timeouts.tarpitMs() : timeouts.connectMs();
        frontend.acceptsUnsafeRequests = proxy.options().has(ProxyOption.ACCEPT_UNSAFE_REQUESTS);
        frontend.ignoresProbes = proxy.options().has(ProxyOption.HTTP_IGNORE_PROBES);
        return frontend;
    }

    private static void fillLimits(Tuning tuning, HttpFrontend frontend) {
        frontend.bufferBytes = tuning.bufferBytes() != 0 ? tuning.bufferBytes() : BUFFER_BYTES;
        int reserve = tuning.rewriteBytes() != 0 ? tuning.rewriteBytes() : REWRITE_BYTES;
        frontend.headBytesMax = frontend.bufferBytes - Math.min(reserve, frontend.bufferBytes / 2);
        frontend.headersMax = tuning.headersMax() != 0 ? tuning.headersMax() : HEADERS_MAX;
    }

    static HttpBackend backend(ProxySection proxy) {
        var backend = new HttpBackend();
        fillSide(proxy, backend);
        backend.acceptsUnsafeResponses = proxy.options().has(ProxyOption.ACCEPT_UNSAFE_RESPONSES);
        backend.pretendsKeepAlive = proxy.options().has(ProxyOption.HTTP_PRETEND_KEEPALIVE);
        return backend;
    }

    private static void fillSide(ProxySection proxy, HttpSide side) {
        side.connectionMode = switch (proxy.http().connectionMode()) {
            case KEEP_ALIVE -> HttpSide.ConnectionMode.KEEP_ALIVE;
            case SERVER_CLOSE -> HttpSide.ConnectionMode.SERVER_CLOSE;
            case CLOSE -> HttpSide.ConnectionMode.CLOSE;
        };
    }

    static ReuseMode reuse(HttpSettings settings) {
        return switch (settings.reuse()) {
            case NEVER -> ReuseMode.NEVER;
            case SAFE -> ReuseMode.SAFE;
            case AGGRESSIVE -> ReuseMode.AGGRESSIVE;
            case ALWAYS -> ReuseMode.ALWAYS;
        };
    }
}
