package dev.weir.config.compile;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.GlobalSection.Tuning;
import dev.weir.config.model.HttpSettings;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.Timeouts;
import dev.weir.protocol.http1.NameCases;
import dev.weir.proxy.HttpBackend;
import dev.weir.proxy.HttpFrontend;
import dev.weir.proxy.HttpSide;
import dev.weir.proxy.Monitor;
import dev.weir.server.ReuseMode;

/** What {@code mode http} adds to one proxy's frontend and backend. */
final class HttpCompiler {
    private static final int BUFFER_BYTES = 16384;
    private static final int REWRITE_BYTES = 1024;
    private static final int HEADERS_MAX = 101;

    private HttpCompiler() {}

    static HttpFrontend frontend(ProxySection proxy, Tuning tuning, ProxyCompiler compiler) {
        var frontend = new HttpFrontend();
        fillSide(proxy, frontend);
        fillLimits(tuning, frontend);
        Timeouts timeouts = proxy.timeouts();
        frontend.keepAliveTimeoutMs =
                timeouts.httpKeepAliveMs() != 0 ? timeouts.httpKeepAliveMs() : timeouts.httpRequestMs();
        frontend.uniqueIdHeader = FieldCompiler.name(proxy.frontend().captures().uniqueIdHeader());
        frontend.monitor = monitor(proxy, compiler);
        frontend.nameCases = cases(proxy, ProxyOption.H1_CASE_ADJUST_CLIENT, tuning);
        frontend.acceptsUnsafeRequests = proxy.options().has(ProxyOption.ACCEPT_UNSAFE_REQUESTS);
        frontend.keptConnectionsMax = proxy.http().keptConnectionsMax();
        frontend.dropsResponseTrailers = proxy.options().has(ProxyOption.HTTP_DROP_RESPONSE_TRAILERS);
        frontend.usesProxyHeader = proxy.options().has(ProxyOption.HTTP_USE_PROXY_HEADER);
        frontend.acceptsAnyPayload = tuning.acceptsAnyPayload();
        frontend.keepsInsecure = tuning.keepsInsecure();
        frontend.errorStatuses = tuning.errorStatuses();
        frontend.failureStatuses = tuning.failureStatuses();
        frontend.closesOnResponse = proxy.options().has(ProxyOption.IDLE_CLOSE_ON_RESPONSE);
        frontend.ignoresProbes = proxy.options().has(ProxyOption.HTTP_IGNORE_PROBES);
        return frontend;
    }

    private static void fillLimits(Tuning tuning, HttpFrontend frontend) {
        frontend.bufferBytes = tuning.bufferBytes() != 0 ? tuning.bufferBytes() : BUFFER_BYTES;
        int reserve = tuning.rewriteBytes() != 0 ? tuning.rewriteBytes() : REWRITE_BYTES;
        frontend.headBytesMax = frontend.bufferBytes - Math.min(reserve, frontend.bufferBytes / 2);
        frontend.headersMax = tuning.headersMax() != 0 ? tuning.headersMax() : HEADERS_MAX;
    }

    private static Monitor monitor(ProxySection proxy, ProxyCompiler compiler) {
        String uri = proxy.http().monitor().uri();
        var failures = compiler.monitorFailures(); // whose faults are reported in any case
        return uri.isEmpty() ? null : new Monitor(ByteText.toNative(uri), failures);
    }

    private static NameCases cases(ProxySection proxy, ProxyOption option, Tuning tuning) {
        return proxy.options().has(option) ? NameCases.of(tuning.nameCases()) : NameCases.NONE;
    }

    static HttpBackend backend(ProxySection proxy, Tuning tuning, ProxyCompiler compiler) {
        var backend = new HttpBackend();
        fillSide(proxy, backend);
        backend.acceptsUnsafeResponses = proxy.options().has(ProxyOption.ACCEPT_UNSAFE_RESPONSES);
        backend.forwarded = FieldCompiler.forwarded(proxy.http().forwarded(), compiler);
        backend.serverNameHeader = FieldCompiler.name(proxy.http().serverNameHeader());
        backend.nameCases = cases(proxy, ProxyOption.H1_CASE_ADJUST_SERVER, tuning);
        backend.prefersLastServer = proxy.options().has(ProxyOption.PREFER_LAST_SERVER);
        backend.keepAliveQueueMax = proxy.http().keepAliveQueueMax();
        backend.dropsRequestTrailers = proxy.options().has(ProxyOption.HTTP_DROP_REQUEST_TRAILERS);
        backend.checksCache = proxy.options().has(ProxyOption.CHECKCACHE);
        backend.pretendsKeepAlive = proxy.options().has(ProxyOption.HTTP_PRETEND_KEEPALIVE);
        return backend;
    }

    private static void fillSide(ProxySection proxy, HttpSide side) {
        Timeouts timeouts = proxy.timeouts();
        side.tarpitTimeoutMs = timeouts.tarpitMs() != 0 ? timeouts.tarpitMs() : timeouts.connectMs();
        side.forwardedFor = FieldCompiler.address(proxy.http().forwardedFor());
        side.originalTo = FieldCompiler.address(proxy.http().originalTo());
        side.headerNames = switch (proxy.http().headerNames()) {
            case PRESERVE -> HttpSide.HeaderNames.PRESERVE;
            case DELETE -> HttpSide.HeaderNames.DELETE;
            case REJECT -> HttpSide.HeaderNames.REJECT;
        };
        side.keepsNameCase = proxy.options().has(ProxyOption.HTTP_KEEP_HEADER_CASE);
        side.requestTimeoutMs = proxy.timeouts().httpRequestMs();
        side.buffersRequests = proxy.options().has(ProxyOption.HTTP_BUFFER_REQUEST);
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
