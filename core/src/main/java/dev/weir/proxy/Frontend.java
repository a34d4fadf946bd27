package dev.weir.proxy;

import dev.weir.clock.Clock;
import dev.weir.log.Logger;
import dev.weir.log.SessionLog;
import dev.weir.rule.HttpRuleBook;
import dev.weir.rule.SwitchingRules;
import dev.weir.rule.TcpRules;
import dev.weir.stats.RateLimit;
import dev.weir.stream.CapturePlan;
import dev.weir.stream.FrontendView;
import dev.weir.stream.StreamText;

/** A frontend of one configuration. Filled by the compiler, then only read; sessions keep it to their end. Times in milliseconds, 0 for none. */
public final class Frontend implements FrontendView {
    private final String name;
    private final int id;
    private final FrontendState state;
    private final Clock clock;
    /** {@code guid}, empty for none. */
    public String guid = "";
    /** {@code maxconn}, 0 for none. */
    public int connectionsMax;

    public long clientTimeoutMs;
    public long clientFinTimeoutMs;
    /** How long a PROXY header may take. */
    public long handshakeTimeoutMs;
    /** {@code rate-limit sessions}. */
    public RateLimit sessionRateLimit;
    /** {@code mode http}: its connections speak HTTP from their first byte on. In {@code mode tcp} some may become HTTP. */
    public boolean isHttp;
    /** What holds for connections that speak HTTP. */
    public HttpFrontend http;
    /** {@code option nolinger}. */
    public boolean isNolinger;
    /** {@code option independent-streams}. */
    public boolean isIndependentStreams;
    /** {@code option socket-stats}: its listeners count for themselves, too. */
    public boolean keepsListenerCounters;
    /** {@code option contstats}: its sessions count what they move while they last, too. */
    public boolean countsContinuously;
    /** {@code option splice-request}, {@code option splice-response}. */
    public boolean isSplicingRequests;

    public boolean isSplicingResponses;
    public SessionLog log;
    /** Where failed handshakes are logged. */
    public Logger errorLog;

    public TcpRules connectionRules = TcpRules.NONE;
    public TcpRules sessionRules = TcpRules.NONE;
    public TcpRules contentRules = TcpRules.NONE;
    /** Rules and error pages for connections that speak HTTP. */
    public HttpRuleBook httpRules = HttpRuleBook.NONE;
    /** {@code tcp-request inspect-delay}. */
    public long inspectDelayMs;
    /** {@code use_backend}. */
    public SwitchingRules<Backend> backendRules;
    /** Null if the frontend has none. */
    public Backend defaultBackend;

    public String defaultBackendName;
    /** What is copied of exchanges for logs and later rules. */
    public CapturePlan capturePlan = CapturePlan.NOTHING;
    /** {@code unique-id-format}, or null. */
    public StreamText uniqueIdFormat;

    public Frontend(String name, int id, FrontendState state, Clock clock) {
        this.name = name;
        this.id = id;
        this.state = state;
        this.clock = clock;
    }

    public FrontendState state() {
        return state;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String mode() {
        return isHttp ? "http" : "tcp";
    }

    @Override
    public int connections() {
        return state.gate().inside();
    }

    @Override
    public int sessionRate() {
        return state.sessionRate().perSecond(clock.nanoTime());
    }

    @Override
    public int requestRate() {
        return state.requestRate().perSecond(clock.nanoTime());
    }

    @Override
    public long clientTimeoutMs() {
        return clientTimeoutMs;
    }

    @Override
    public String defaultBackendName() {
        return defaultBackendName;
    }

    @Override
    public CapturePlan capturePlan() {
        return capturePlan;
    }

    @Override
    public StreamText uniqueIdFormat() {
        return uniqueIdFormat;
    }
}
