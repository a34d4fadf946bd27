package dev.weir.config.parse;

import dev.weir.config.model.AclLine;
import dev.weir.config.model.BackendSettings;
import dev.weir.config.model.BackendSettings.HashAffinity;
import dev.weir.config.model.BalanceLine;
import dev.weir.config.model.BindLine;
import dev.weir.config.model.ErrorPageLine;
import dev.weir.config.model.FrontendSettings;
import dev.weir.config.model.Guid;
import dev.weir.config.model.HashType;
import dev.weir.config.model.KeepAlive;
import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Position;
import dev.weir.config.model.ProxyKind;
import dev.weir.config.model.ProxyLog;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxyOptions;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.RetryEvent;
import dev.weir.config.model.RuleLine;
import dev.weir.config.model.Rules;
import dev.weir.config.model.ServerStateSource;
import dev.weir.config.model.SourceAddress;
import dev.weir.config.model.StickLine;
import dev.weir.config.model.StickTableLine;
import dev.weir.config.model.UseBackendLine;
import dev.weir.config.model.UseServerLine;
import dev.weir.stream.LogOrigin;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A proxy or defaults section while it is read: it starts as a copy of its defaults. Single-threaded. */
final class ProxyDraft {
    final Position at;
    final ProxyKind kind;
    final String name;
    final GlobalDraft global;
    /** Where its settings came from, or null. */
    final ProxyDraft defaults;

    int id;
    Position idAt = Position.NONE;
    Guid guid = Guid.NONE;
    String description = "";
    boolean disabled;
    Mode mode = Mode.TCP;
    Position modeAt;

    final long[] timeouts = new long[TimeoutKeywords.COUNT];
    long options;
    /** {@code clitcpka-cnt, -idle, -intvl}, then the server's. */
    final int[] keepAlive = new int[6];

    final List<LogLine> logs = new ArrayList<>();
    String logTag = "";
    Set<LogOrigin> logSteps = Set.of();
    LogFormatLine logFormat;
    /** The option that asked for an HTTP format, empty if none or if a later line replaced it. */
    String httpLogOption = "";

    LogFormatLine structuredData;
    LogFormatLine errorFormat;

    HttpDraft http = new HttpDraft();

    final List<AclLine> acls = new ArrayList<>();
    final List<RuleLine> rules = new ArrayList<>();
    final List<ErrorPageLine> errorPages = new ArrayList<>();
    long requestInspectDelayMs;
    long responseInspectDelayMs;
    /** Bits of {@link RuleOrder} that were seen. */
    int stagesSeen;

    final List<BindLine> binds = new ArrayList<>();
    CaptureDraft captures = new CaptureDraft();
    int maxConn;
    int backlog;
    int sessionRateMax;
    String defaultBackend = "";
    Position defaultBackendAt;
    final List<UseBackendLine> useBackends = new ArrayList<>();

    BalanceLine balance = BalanceLine.plain(Position.NONE, BalanceLine.Algorithm.ROUNDROBIN);
    HashType hashType = HashType.DEFAULT;
    int hashBalanceFactorPercent;
    HashAffinity affinity = HashAffinity.ALWAYS;
    StickTableLine stickTable;
    /** Null without a {@code stats} line. */
    StatsPageDraft statsPage;

    final List<StickLine> stickLines = new ArrayList<>();
    int fullConn;
    int retries = 3;
    Set<RetryEvent> retryOn = EnumSet.of(RetryEvent.CONN_FAILURE);
    int redispatchInterval;
    ServerDraft defaultServer = new ServerDraft();
    final List<ServerDraft> servers = new ArrayList<>();
    final List<UseServerLine> useServers = new ArrayList<>();
    SourceAddress source;
    final PersistenceDraft persistence = new PersistenceDraft();
    final CheckDraft checks = new CheckDraft();
    ServerStateSource stateSource = ServerStateSource.NONE;

    ProxyDraft(Position at, ProxyKind kind, String name, GlobalDraft global, ProxyDraft defaults) {
        this.at = at;
        this.kind = kind;
        this.name = name;
        this.global = global;
        this.defaults = defaults;
        modeAt = at;
        defaultBackendAt = at;
        if (defaults != null) {
            copyShared(defaults);
            copyFrontend(defaults);
            copyBackend(defaults);
        }
    }

    private void copyShared(ProxyDraft from) {
        disabled = from.disabled;
        statsPage = from.statsPage == null ? null : new StatsPageDraft(from.statsPage);
        mode = from.mode;
        modeAt = from.modeAt;
        System.arraycopy(from.timeouts, 0, timeouts, 0, timeouts.length);
        System.arraycopy(from.keepAlive, 0, keepAlive, 0, keepAlive.length);
        options = from.options;
        logs.addAll(from.logs);
        logTag = from.logTag;
        logSteps = from.logSteps;
        logFormat = from.logFormat;
        httpLogOption = from.httpLogOption;
        structuredData = from.structuredData;
        errorFormat = from.errorFormat;
        errorPages.addAll(from.errorPages);
        http = new HttpDraft(from.http);
        requestInspectDelayMs = from.requestInspectDelayMs;
        responseInspectDelayMs = from.responseInspectDelayMs;
    }

    private void copyFrontend(ProxyDraft from) {
        maxConn = from.maxConn;
        backlog = from.backlog;
        sessionRateMax = from.sessionRateMax;
        defaultBackend = from.defaultBackend;
        defaultBackendAt = from.defaultBackendAt;
        captures = new CaptureDraft(from.captures);
    }

    private void copyBackend(ProxyDraft from) {
        balance = from.balance;
        hashType = from.hashType;
        hashBalanceFactorPercent = from.hashBalanceFactorPercent;
        affinity = from.affinity;
        fullConn = from.fullConn;
        retries = from.retries;
        retryOn = from.retryOn;
        redispatchInterval = from.redispatchInterval;
        defaultServer = new ServerDraft(from.defaultServer);
        source = from.source;
        persistence.inherit(from.persistence);
        checks.inherit(from.checks);
        stateSource = from.stateSource;
    }

    /** The bit that rows of the registry use for this section. */
    int place() {
        return switch (kind) {
            case DEFAULTS -> name.isEmpty() ? Keyword.DEFAULTS : Keyword.DEFAULTS | Keyword.NAMED_DEFAULTS;
            case FRONTEND -> Keyword.FRONTEND;
            case BACKEND -> Keyword.BACKEND;
            case LISTEN -> Keyword.FRONTEND | Keyword.BACKEND;
        };
    }

    String title() {
        return kind.title() + " '" + name + "'";
    }

    boolean hasRules() {
        return !rules.isEmpty() || !acls.isEmpty();
    }

    void logFormat(LogFormatLine format, String httpOption, Line line) {
        if (kind == ProxyKind.DEFAULTS && logFormat != null && logFormat.kind() != format.kind()) {
            line.warning("'" + format.kind().text() + "' overrides previous '"
                    + logFormat.kind().text() + "' in 'defaults' section.");
        }
        logFormat = format;
        httpLogOption = httpOption;
    }

    void option(ProxyOption option, boolean isOn) {
        options = isOn ? options | option.bit() : options & ~option.bit();
    }

    ProxySection build() {
        return new ProxySection(
                at,
                kind,
                name,
                id,
                guid,
                description,
                disabled,
                mode,
                modeAt,
                TimeoutKeywords.build(timeouts),
                new ProxyOptions(options),
                http.build(),
                new KeepAlive(keepAlive[0], keepAlive[1], keepAlive[2], keepAlive[3], keepAlive[4], keepAlive[5]),
                new ProxyLog(List.copyOf(logs), logTag, logFormat, structuredData, errorFormat, Set.copyOf(logSteps)),
                defaults == null ? Rules.NONE : defaults.ownRules(),
                ownRules(),
                List.copyOf(errorPages),
                stickTable,
                statsPage == null ? null : statsPage.build(),
                kind.hasFrontend() ? buildFrontend() : null,
                kind.hasBackend() ? buildBackend() : null);
    }

    private Rules ownRules() {
        return new Rules(List.copyOf(acls), List.copyOf(rules), requestInspectDelayMs, responseInspectDelayMs);
    }

    private FrontendSettings buildFrontend() {
        return new FrontendSettings(
                List.copyOf(binds),
                maxConn,
                backlog,
                sessionRateMax,
                defaultBackend,
                defaultBackendAt,
                List.copyOf(useBackends),
                captures.build());
    }

    private BackendSettings buildBackend() {
        return new BackendSettings(
                balance,
                hashType,
                hashBalanceFactorPercent,
                affinity,
                fullConn,
                retries,
                Set.copyOf(retryOn),
                redispatchInterval,
                ServerDraft.buildAll(servers),
                List.copyOf(useServers),
                List.copyOf(stickLines),
                source,
                persistence.build(),
                checks.build(),
                stateSource);
    }
}
