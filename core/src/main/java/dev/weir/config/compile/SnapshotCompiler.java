package dev.weir.config.compile;

import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.GlobalSection.ProcessLog;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxyOption;
import dev.weir.config.model.ProxyOptions;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import dev.weir.config.parse.Environment;
import dev.weir.log.LogFormat;
import dev.weir.log.LogWriter;
import dev.weir.log.Logger;
import dev.weir.log.SessionLog;
import dev.weir.log.UniqueId;
import dev.weir.persist.RdpPersistence;
import dev.weir.proxy.Backend;
import dev.weir.proxy.Bind;
import dev.weir.proxy.BindListener;
import dev.weir.proxy.CloseSpread;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.FrontendState;
import dev.weir.proxy.ProxyProcess;
import dev.weir.proxy.Snapshot;
import dev.weir.rule.HttpRuleBook;
import dev.weir.rule.TcpRuleSet;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.server.PoolSettings;
import dev.weir.server.Server;
import dev.weir.server.ServerPools;
import dev.weir.stats.RateLimit;
import dev.weir.stick.StickTable;
import dev.weir.stick.TableSettings;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.VariableNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * From the checked model to a {@link Snapshot}: proxies first, then what refers to them. Everything wrong with rules,
 * expressions and formats is reported here. Single-threaded; changes nothing that runs.
 */
public final class SnapshotCompiler {
    /** Under which name lines are logged; rules of syslog daemons look for it. */
    private static final String DEFAULT_TAG = "haproxy";

    private static final long MS_NS = 1_000_000L;
    /** No frontend can be called so. */
    private static final String ANY_FRONTEND = "*";

    private final Configuration configuration;
    private final AddressResolver resolver;
    private final Problems problems;
    private final ProxyProcess process;
    private final ServerPools pools;
    private final LogWriter logWriter;
    private final int processMaxConn;
    private final Function<String, FrontendState> states;
    private final Scene scene;
    private final Map<String, Frontend> frontends = new LinkedHashMap<>();
    private final Map<String, Backend> backends = new LinkedHashMap<>();
    private final Set<String> requestLineWishes = new HashSet<>();
    private final Map<String, Logger> loggers = new HashMap<>();
    private final List<Logger> allLoggers = new ArrayList<>();

    /**
     * @param pools has the backends of this configuration already ({@link #pools})
     * @param patterns takes the lists of this configuration
     * @param tables the stick tables of this configuration
     * @param services what answers inside the process
     * @param states what a frontend of that name keeps over reloads
     */
    public SnapshotCompiler(
            Configuration configuration,
            Environment environment,
            AddressResolver resolver,
            Problems problems,
            ProxyProcess process,
            ServerPools pools,
            LogWriter logWriter,
            VariableNames variables,
            PatternLists patterns,
            Function<String, StickTable> tables,
            Services services,
            Function<String, FrontendState> states,
            int processMaxConn) {
        this.configuration = configuration;
        this.resolver = resolver;
        this.problems = problems;
        this.process = process;
        this.pools = pools;
        this.logWriter = logWriter;
        this.processMaxConn = processMaxConn;
        this.states = states;
        this.scene = Scene.of(configuration, new Views(), tables, services, environment, variables, patterns, problems);
    }

    /** Finds what expressions name among the proxies of this snapshot. */
    private final class Views implements Scene.Views {
        @Override
        public FrontendView frontend(String name) {
            return frontends.get(name);
        }

        @Override
        public BackendView backend(String name) {
            return pools.pool(name);
        }

        @Override
        public void wantRequestLine(FrontendView frontend) {
            requestLineWishes.add(frontend == null ? ANY_FRONTEND : frontend.name());
        }
    }

    /** The server side of all backends, for {@link ServerPools#apply}. */
    public static List<PoolSettings> pools(Configuration configuration, AddressResolver resolver, int processMaxConn) {
        List<PoolSettings> pools = new ArrayList<>();
        for (ProxySection proxy : configuration.proxies()) {
            if (proxy.backend() != null && !proxy.disabled()) {
                pools.add(BackendCompiler.compile(configuration, proxy, resolver, processMaxConn));
            }
        }
        return pools;
    }

    /** The stick tables that a configuration wants. */
    public static List<TableSettings> tables(Configuration configuration) {
        List<TableSettings> tables = new ArrayList<>();
        for (ProxySection proxy : configuration.proxies()) {
            if (proxy.stickTable() != null && !proxy.disabled()) {
                tables.add(StickCompiler.settings(proxy.stickTable(), configuration));
            }
        }
        return tables;
    }

    /** What could be compiled; not to be run if the problems are fatal. */
    public Snapshot compile() {
        List<ProxySection> proxies = new ArrayList<>(configuration.proxies());
        proxies.removeIf(ProxySection::disabled);
        proxies.forEach(this::declare);
        List<Bind> binds = new ArrayList<>();
        for (ProxySection proxy : proxies) {
            fill(proxy, new ProxyCompiler(scene, proxy), binds);
        }
        proxies.forEach(this::planCaptures);
        LogProfileCompiler.checkUnused(configuration, proxies, scene);
        var variables = new VariableCompiler(scene).run(configuration.global().variables(), process);
        return new Snapshot(backends, frontends, binds, limits(), variables);
    }

    /** Known only when all lines have said whether they want the request line. */
    private void planCaptures(ProxySection proxy) {
        if (proxy.frontend() != null) {
            boolean isWanted = requestLineWishes.contains(ANY_FRONTEND) || requestLineWishes.contains(proxy.name());
            int bytesMax = isWanted ? configuration.global().tuning().logUriBytes() : 0;
            frontends.get(proxy.name()).capturePlan =
                    CaptureCompiler.compile(proxy.frontend().captures(), bytesMax);
        }
    }

    /** Null for a line without a name: logs show its number then. */
    private static String nameOf(BoundListener listener) {
        return listener.line().name().isEmpty() ? null : listener.name();
    }

    private Snapshot.ProcessLimits limits() {
        var limits = configuration.global().limits();
        var process = configuration.global().process();
        long closeSpreadMs = process.closeSpreadMs();
        return new Snapshot.ProcessLimits(
                processMaxConn,
                limits.maxConnRate(),
                limits.maxSessRate(),
                process.node(),
                process.description(),
                closeSpreadMs < 0 ? CloseSpread.NEVER_NS : closeSpreadMs * MS_NS,
                limits.rejectsPrivilegedPorts(),
                VariableCompiler.limits(configuration.global().variables()));
    }

    /** Where the messages of a backend's servers go; null if there is no such backend. */
    public Logger logger(String backend) {
        return loggers.get(backend);
    }

    /**
     * Gives a variable of the process a value at run time: what lines of the global section could say.
     *
     * @return false if there is no value, or no room for it
     */
    public boolean assign(String variable, List<String> words, boolean isFormat) throws ParseProblem {
        return new VariableCompiler(scene).assign(variable, words, isFormat, process);
    }

    /** A server comes to a backend at run time: what its PROXY headers carry. */
    public void addProxyFields(ProxySection proxy, ServerLine server) throws ParseProblem {
        Backend backend = backends.get(proxy.name());
        new ProxyFieldCompiler(scene, new ProxyCompiler(scene, proxy)).put(server, backend.proxyFields);
    }

    /** Lists and maps of the snapshot. */
    public PatternLists patterns() {
        return scene.patterns();
    }

    /** All loggers of the snapshot; closed when it is no longer in force. */
    public List<Logger> loggers() {
        return allLoggers;
    }

    private void declare(ProxySection proxy) {
        if (proxy.frontend() != null) {
            FrontendState state = states.apply(proxy.name());
            frontends.put(proxy.name(), new Frontend(proxy.name(), proxy.id(), state, process.clock()));
        }
        if (proxy.backend() != null) {
            backends.put(proxy.name(), new Backend(pools.pool(proxy.name())));
        }
    }

    private void fill(ProxySection proxy, ProxyCompiler compiler, List<Bind> binds) {
        Logger logger = logger(proxy, compiler);
        allLoggers.add(logger);
        HttpRuleBook httpRules = compiler.httpRuleBook();
        if (proxy.backend() != null) {
            loggers.put(proxy.name(), logger);
            backends.get(proxy.name()).httpRules = httpRules;
            fillBackend(proxy, backends.get(proxy.name()), compiler);
        }
        if (proxy.frontend() != null) {
            Frontend frontend = frontends.get(proxy.name());
            frontend.errorLog = logger;
            frontend.httpRules = httpRules;
            frontend.log = new SessionLog(
                    logger,
                    compiler.logFormats(configuration),
                    policy(proxy.options()),
                    proxy.log().steps());
            LogFormat uniqueId = compiler.uniqueId();
            frontend.uniqueIdFormat = uniqueId == null ? null : new UniqueId(uniqueId, process.threadCount());
            fillFrontend(proxy, frontend, compiler);
            fillRules(proxy, frontend, compiler);
            addBinds(proxy, frontend, binds);
        }
    }

    private Logger logger(ProxySection proxy, ProxyCompiler compiler) {
        var global = configuration.global().log();
        String hostName = global.sendHostname();
        String tag = proxy.log().tag().isEmpty() ? global.tag() : proxy.log().tag();
        return new Logger(
                logWriter,
                process,
                tag.isEmpty() ? DEFAULT_TAG : tag,
                hostName.equals(ProcessLog.OF_MACHINE) ? process.hostName() : hostName,
                compiler.logTargets(!hostName.isEmpty()));
    }

    private static SessionLog.Policy policy(ProxyOptions options) {
        return new SessionLog.Policy(
                options.has(ProxyOption.DONTLOGNULL),
                options.has(ProxyOption.DONTLOG_NORMAL),
                options.has(ProxyOption.LOGASAP),
                options.has(ProxyOption.LOG_SEPARATE_ERRORS));
    }

    private void fillFrontend(ProxySection proxy, Frontend frontend, ProxyCompiler compiler) {
        var timeouts = proxy.timeouts();
        var options = proxy.options();
        frontend.connectionsMax =
                proxy.frontend().maxConn() != 0 ? proxy.frontend().maxConn() : processMaxConn;
        frontend.guid = proxy.guid().text();
        frontend.isHttp = proxy.mode() == Mode.HTTP;
        frontend.http = HttpCompiler.frontend(proxy, configuration.global().tuning(), compiler);
        frontend.clientTimeoutMs = timeouts.clientMs();
        frontend.clientFinTimeoutMs = timeouts.clientFinMs();
        frontend.handshakeTimeoutMs =
                timeouts.clientHandshakeMs() != 0 ? timeouts.clientHandshakeMs() : timeouts.clientMs();
        frontend.isNolinger = options.has(ProxyOption.NOLINGER);
        frontend.isIndependentStreams = options.has(ProxyOption.INDEPENDENT_STREAMS);
        frontend.keepsListenerCounters = options.has(ProxyOption.SOCKET_STATS);
        frontend.countsContinuously = options.has(ProxyOption.CONTSTATS);
        frontend.isSplicingRequests = options.has(ProxyOption.SPLICE_REQUEST);
        frontend.isSplicingResponses = options.has(ProxyOption.SPLICE_RESPONSE);
        frontend.sessionRateLimit =
                new RateLimit(frontend.state().sessionRate(), proxy.frontend().sessionRateMax());
    }

    private void fillRules(ProxySection proxy, Frontend frontend, ProxyCompiler compiler) {
        frontend.connectionRules = compiler.tcpRules(TcpRuleSet.REQUEST_CONNECTION);
        frontend.sessionRules = compiler.tcpRules(TcpRuleSet.REQUEST_SESSION);
        frontend.contentRules = compiler.tcpRules(TcpRuleSet.REQUEST_CONTENT);
        frontend.inspectDelayMs = requestDelayMs(proxy);
        frontend.backendRules = compiler.useBackends(backends::get);
        String named = proxy.frontend().defaultBackend();
        frontend.defaultBackendName = named.isEmpty() ? null : named;
        if (!named.isEmpty()) {
            frontend.defaultBackend = backends.get(named);
        } else if (proxy.backend() != null) {
            frontend.defaultBackend = backends.get(proxy.name());
        }
    }

    private static long requestDelayMs(ProxySection proxy) {
        long own = proxy.rules().requestInspectDelayMs();
        return own != 0 ? own : proxy.inherited().requestInspectDelayMs();
    }

    private static long responseDelayMs(ProxySection proxy) {
        long own = proxy.rules().responseInspectDelayMs();
        return own != 0 ? own : proxy.inherited().responseInspectDelayMs();
    }

    private static Server pinned(Server server) {
        if (server != null) {
            server.pin();
        }
        return server;
    }

    private void fillBackend(ProxySection proxy, Backend backend, ProxyCompiler compiler) {
        var options = proxy.options();
        var settings = backend.pool().settings();
        if (proxy.mode() == Mode.HTTP) {
            backend.http = HttpCompiler.backend(proxy, configuration.global().tuning(), compiler);
        }
        backend.checkScript = compiler.checkScript(resolver)
                .withHeaderFields(backend.proxyFields)
                .withTolerance(options.has(ProxyOption.ACCEPT_UNSAFE_RESPONSES));
        backend.serverFinTimeoutMs = proxy.timeouts().serverFinMs();
        backend.isNolinger = options.has(ProxyOption.NOLINGER);
        backend.isSplicingRequests = options.has(ProxyOption.SPLICE_REQUEST);
        backend.isSplicingResponses = options.has(ProxyOption.SPLICE_RESPONSE);
        backend.abortsOnClose = options.has(ProxyOption.ABORTONCLOSE);
        backend.hashType = settings.balance.hashType();
        backend.balanceKey = compiler.balanceKey();
        compiler.proxyFields(backend.proxyFields);
        if (proxy.frontend() == null) { // a listen section runs its content rules once, as a frontend
            backend.contentRules = compiler.tcpRules(TcpRuleSet.REQUEST_CONTENT);
            backend.inspectDelayMs = requestDelayMs(proxy);
        }
        backend.responseRules = compiler.tcpRules(TcpRuleSet.RESPONSE_CONTENT);
        backend.responseDelayMs = responseDelayMs(proxy);
        backend.serverRules = compiler.useServers(name -> pinned(backend.pool().server(name)));
        backend.stickRules = compiler.stickRules();
        backend.persistRules = compiler.persistRules();
        String rdpCookie = proxy.backend().persistence().rdpCookie();
        backend.rdpPersistence = rdpCookie.isEmpty() ? null : new RdpPersistence(rdpCookie);
        backend.cookie = proxy.mode() == Mode.HTTP ? CookieCompiler.settings(proxy) : null;
    }

    private void addBinds(ProxySection proxy, Frontend frontend, List<Bind> binds) {
        var tuning = configuration.global().tuning();
        for (BoundListener listener : ListenerCompiler.compile(proxy, tuning, resolver, problems)) {
            var role = new BindListener.Role(
                    frontend,
                    nameOf(listener),
                    listener.id(),
                    listener.line().label(),
                    listener.guid(),
                    listener.line().acceptProxy());
            binds.add(new Bind(
                    listener.options(),
                    proxy.name(),
                    listener.options().endpoint.toString(),
                    role,
                    listener.maxConn(),
                    listener.line().at().toString(),
                    Math.max(0, listener.line().threadFirst() - 1),
                    listener.line().threadLast() == 0
                            ? Integer.MAX_VALUE
                            : listener.line().threadLast() - 1));
        }
    }
}
