package dev.weir.launch;

import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import dev.weir.cli.CliServer;
import dev.weir.cli.CliSettings;
import dev.weir.cli.CommandTable;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.command.CommandFamilies;
import dev.weir.cli.explain.Sketch;
import dev.weir.cli.stat.InfoValues;
import dev.weir.cli.stat.ProcessLoad;
import dev.weir.clock.Clock;
import dev.weir.config.compile.CliCompiler;
import dev.weir.config.compile.ResolverCompiler;
import dev.weir.config.compile.RuleTexts;
import dev.weir.config.compile.SnapshotCompiler;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.model.Severity;
import dev.weir.listen.SharedListener;
import dev.weir.listen.TakenSockets;
import dev.weir.log.LogWriter;
import dev.weir.log.Logger;
import dev.weir.proxy.ProxyProcess;
import dev.weir.proxy.RunningProxy;
import dev.weir.proxy.Snapshot;
import dev.weir.proxy.http.HttpSessions;
import dev.weir.resolver.Resolvers;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.server.ServerEnvironment;
import dev.weir.server.ServerPools;
import dev.weir.server.Timers;
import dev.weir.server.check.HealthChecks;
import dev.weir.server.name.ServerNames;
import dev.weir.stick.StickTables;
import dev.weir.stream.Cause;
import dev.weir.stream.VariableNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The running proxy with all that outlives its configurations: transport, servers, counters, listeners, logs. A reload first
 * compiles the new configuration on the side, against servers made for the trial; only what compiled without a fault, and whose
 * sockets could be opened, is put in force. Thread: the main one.
 */
public final class Instance implements AutoCloseable {
    private static final String NO_SOCKETS = "Failed to get the sockets from the old process!";

    private final CommandLine commandLine;
    final StartupMessages messages;
    private final SystemdNotification systemd;
    final Limits limits;
    private final ProxyProcess process;
    private final Transport transport;
    /** Pipes that all loops together may hold. */
    int pipesMax;
    /** How long the start took, 0 before it is over. */
    volatile long bootMs;

    final ProcessLoad load;
    final RunningProxy running;
    final LogWriter logWriter = new LogWriter();
    final VariableNames variables = new VariableNames();
    private final ServerEnvironment environment;
    private final ServerPools pools;
    final StickTables tables = new StickTables(Clock.SYSTEM);
    private final HealthChecks checks;
    final Resolvers resolvers = new Resolvers(Clock.SYSTEM);
    final ServerNames names = new ServerNames(resolvers);
    private volatile Function<String, Logger> backendLoggers = name -> null;
    private List<Logger> loggers = List.of();
    volatile PatternLists patterns = new PatternLists();
    SnapshotCompiler compilerInForce;
    final CliServer cli;
    private final Compilations compilations;
    volatile RuntimeControl.Reloads reloads = new RuntimeControl.Reloads(0, 0);
    volatile List<String> startupLog = List.of();
    volatile Map<String, String> environmentVariables = Map.of();
    /** The configuration with what belongs to it. */
    volatile ConfigurationLoader.Loaded inForce;

    Snapshot snapshot;
    final DynamicServers dynamicServers;

    /** @throws TransportException if there is no way into the kernel, or not enough descriptors */
    public Instance(CommandLine commandLine, StartupMessages messages, ConfigurationLoader.Loaded loaded)
            throws TransportException {
        this.commandLine = commandLine;
        this.messages = messages;
        this.systemd = SystemdNotification.of(commandLine, System.getenv(), messages);
        this.inForce = loaded;
        this.limits = Limits.of(commandLine, loaded.configuration(), messages);
        this.transport = openTransport();
        this.process = new ProxyProcess(Clock.SYSTEM, transport.loopCount(), HostName.read());
        this.running = new RunningProxy(transport, process, HttpSessions::new);
        ServerNews news = new ServerNews(backend -> backendLoggers.apply(backend), messages);
        this.environment =
                new ServerEnvironment(Clock.SYSTEM, Timers.on(transport.loop(0)), news, transport.loopCount());
        this.pools = new ServerPools(environment);
        this.checks = new HealthChecks(transport, news, process);
        this.dynamicServers = new DynamicServers(pools, checks);
        process.pools(pools);
        this.load = new ProcessLoad(
                Clock.SYSTEM, transport.loopCount(), ProcessLoad::ownCpuNs, () -> InfoValues.bytesOut(process));
        InstanceControl control = new InstanceControl(this);
        this.compilations = new Compilations(
                process,
                environment,
                pools,
                tables,
                logWriter,
                variables,
                new ProcessServices(control),
                frontendMaxConn());
        CommandTable commands = CommandFamilies.table(control);
        this.cli = new CliServer(
                transport, commands, CommandFamilies.masterTable(control, commands), this::sharedListeners);
    }

    private Transport openTransport() throws TransportException {
        TransportOptions options = TransportSettings.of(commandLine, inForce.configuration(), limits);
        options.log = this::logTransport;
        pipesMax = options.pipesMax * options.loops;
        String wanted = System.getProperty("weir.transport", "best");
        Transport opened = switch (wanted) {
            case "best" -> Transports.open(Transports.Choice.BEST, options);
            case "uring" -> Transports.open(Transports.Choice.URING, options);
            case "nio" -> Transports.open(Transports.Choice.NIO, options);
            default ->
                throw new TransportException(
                        "unknown transport '" + wanted + "' (weir.transport): best, uring or nio", 0);
        };
        messages.show(Severity.NOTICE, opened.loopCount() + " event loop(s) on " + opened.description());
        return opened;
    }

    /** Lines of the transport begin with their level. */
    private void logTransport(String line) {
        int space = line.indexOf(' ');
        messages.show(Severity.valueOf(line.substring(0, space)), line.substring(space + 1));
    }

    // ---- configurations ----

    /** Puts the first configuration in force. */
    synchronized boolean start(ConfigurationLoader.Loaded loaded) {
        Problems problems = new Problems();
        pools.apply(compilations.pools(loaded));
        if (!openTables(loaded.configuration(), commandLine.isSuccessor())) {
            return false;
        }
        SnapshotCompiler compiler = compilations.compiler(loaded, problems);
        Snapshot snapshot = compiler.compile();
        messages.show(problems);
        if (ConfigurationCheck.isRefused(commandLine, loaded.configuration(), problems, messages)) {
            return false;
        }
        if (snapshot.binds().isEmpty()) {
            messages.show(
                    Severity.ALERT, "[weir.main()] No enabled listener found (check for 'bind' directives) ! Exiting.");
            return false;
        }
        try (TakenSockets taken = takeSockets()) {
            cli.apply(
                    cliSettings(loaded, problems),
                    taken); // first: who can connect to a port finds the runtime API, too
            RunningProxy.Prepared prepared = running.prepare(snapshot, taken);
            var saved = new SavedServerStates(loaded.configuration(), pools, messages);
            putInForce(loaded, compiler, snapshot, prepared, saved::restore);
            new SavedCounters(process, messages)
                    .restore(loaded.configuration().global().process().statsFile());
            cli.start();
            startupLog = messages.takeRecent();
            return true;
        } catch (TransportException e) {
            messages.show(Severity.ALERT, e.getMessage());
            return false;
        }
    }

    /**
     * {@code -x}: asks a process that still runs for its sockets. Under a master, as in HAProxy, a refusal is only said.
     *
     * @throws TransportException if there are none to be had
     */
    private TakenSockets takeSockets() throws TransportException {
        String path = commandLine.oldSocket();
        if (path.isEmpty() || path.equals("/dev/null")) {
            return TakenSockets.none();
        }
        try {
            return TakenSockets.from(path);
        } catch (IOException e) {
            messages.show(Severity.WARNING, e.getMessage());
            if (commandLine.isMasterWorker()) {
                messages.show(Severity.ALERT, NO_SOCKETS);
                return TakenSockets.none();
            }
            throw new TransportException(NO_SOCKETS, e);
        }
    }

    /** All that a new process may take. */
    private synchronized List<SharedListener> sharedListeners() {
        List<SharedListener> shared = new ArrayList<>(running.listeners());
        shared.addAll(cli.listeners());
        return shared;
    }

    /** Makes the stick tables, or says why they cannot be had. */
    private boolean openTables(Configuration wanted, boolean isSuccessor) {
        try {
            tables.apply(
                    SnapshotCompiler.tables(wanted), isSuccessor, notice -> messages.show(Severity.WARNING, notice));
            return true;
        } catch (IOException e) {
            messages.show(Severity.ALERT, "stick-table: " + e.getMessage());
            return false;
        }
    }

    /** Reads the files again. What is wrong with them is said, and what runs goes on. Any thread; whether it is in force. */
    synchronized boolean reload() {
        systemd.reloading();
        messages.takeRecent();
        boolean isInForce = replace();
        startupLog = messages.takeRecent();
        reloads = new RuntimeControl.Reloads(reloads.count() + 1, isInForce ? 0 : reloads.failedSince() + 1);
        if (isInForce) {
            systemd.ready();
        } else {
            systemd.reloadFailed();
        }
        return isInForce;
    }

    private boolean replace() {
        Problems problems = new Problems();
        ConfigurationLoader.Loaded loaded = ConfigurationLoader.load(commandLine, problems);
        Snapshot trial = problems.isFatal() ? null : compilations.trial(loaded, problems);
        messages.show(problems);
        boolean isRefused = ConfigurationCheck.isRefused(commandLine, loaded.configuration(), problems, messages);
        if (isRefused || trial == null || trial.binds().isEmpty()) {
            return failed();
        }
        try {
            RunningProxy.Prepared prepared = running.prepare(trial, TakenSockets.none());
            if (!openTables(loaded.configuration(), false)) {
                prepared.abandon();
                return failed();
            }
            cli.apply(cliSettings(loaded, problems), TakenSockets.none());
            cli.start();
            pools.apply(compilations.pools(loaded));
            SnapshotCompiler compiler = compilations.compiler(loaded, new Problems());
            putInForce(loaded, compiler, compiler.compile(), prepared, () -> {});
            messages.show(Severity.NOTICE, "Reloaded: the new configuration is in force.");
            return true;
        } catch (TransportException e) {
            messages.show(Severity.ALERT, e.getMessage());
            return failed();
        }
    }

    private boolean failed() {
        messages.show(Severity.ALERT, "Reload failed: the running configuration stays.");
        return false;
    }

    private static CliSettings cliSettings(ConfigurationLoader.Loaded loaded, Problems problems) {
        return CliCompiler.compile(loaded.configuration(), loaded.masterSockets(), loaded.resolver(), problems);
    }

    /** {@code -N}, or what the process may have: the limit of frontends that say nothing. */
    private int frontendMaxConn() {
        return commandLine.proxyMaxConn() != 0 ? commandLine.proxyMaxConn() : limits.connectionsMax();
    }

    /** What is in force, on the servers as they are, but on copies of the tables and variables. */
    Sketch sketch() {
        StickTables.Sketches copies = tables.sketches();
        Snapshot sketched = compilations.sketch(inForce, patterns.sketch(), copies);
        RuleTexts texts = new RuleTexts(inForce.configuration());
        return new Sketch(sketched, Sketch.process(process, sketched.frontends()::get), texts::of, copies::close);
    }

    private void putInForce(
            ConfigurationLoader.Loaded loaded,
            SnapshotCompiler compiler,
            Snapshot snapshot,
            RunningProxy.Prepared prepared,
            Runnable beforeChecks) {
        inForce = loaded;
        this.snapshot = snapshot;
        environmentVariables = loaded.environment().sorted();
        List<Logger> before = loggers;
        loggers = compiler.loggers();
        backendLoggers = compiler::logger;
        patterns = compiler.patterns();
        compilerInForce = compiler;
        var threads = loaded.configuration().global().threads();
        checks.apply(
                pools.all(),
                pool -> snapshot.backends().get(pool.name()).checkScript,
                threads.spreadChecksPercent(),
                (int) threads.maxSpreadChecksMs(),
                beforeChecks);
        running.commit(prepared, snapshot);
        resolvers.apply(ResolverCompiler.compile(loaded.configuration(), loaded.resolver()));
        names.apply(pools.all());
        // Sessions of the configuration before may still log: their targets open again for that.
        before.forEach(Logger::close);
        compilations.forgetAllBut(snapshot.frontends().keySet());
    }

    // ---- stopping ----

    /** Whoever asks learns that it will stop; nothing else changes yet. */
    void stopSoon() {
        process.stopSoon();
    }

    long graceMs() {
        return inForce.configuration().global().process().graceMs();
    }

    long hardStopAfterMs() {
        return inForce.configuration().global().process().hardStopAfterMs();
    }

    /** Client connections that are still there. */
    int sessions() {
        return process.connections();
    }

    /** Whether, after {@link #closeListeners}, nothing is left to be waited for. */
    synchronized boolean isIdle() {
        return running.hasClosedListeners() && process.connections() == 0;
    }

    synchronized void closeListeners() {
        process.stop();
        running.closeListeners();
        checks.stop();
        resolvers.close();
    }

    void killSessions(Cause cause) {
        running.killAll(cause);
    }

    /** What is known about the running proxy, for whoever shows it. */
    public ProxyProcess process() {
        return process;
    }

    public ServerPools pools() {
        return pools;
    }

    /** Who learns how far this process is. */
    SystemdNotification systemd() {
        return systemd;
    }

    /** The event loops, as takers of short tasks. */
    List<Executor> loops() {
        return IntStream.range(0, transport.loopCount())
                .<Executor>mapToObj(index -> transport.loop(index)::execute)
                .toList();
    }

    /** Ends at once what still runs. */
    @Override
    public void close() {
        cli.close();
        checks.stop();
        running.closeListeners();
        running.killAll(Cause.KILLED);
        try {
            transport.close();
        } finally {
            logWriter.close();
        }
    }
}
