package dev.weir.launch;

import dev.weir.config.compile.Services;
import dev.weir.config.compile.SnapshotCompiler;
import dev.weir.config.model.Problems;
import dev.weir.log.LogWriter;
import dev.weir.proxy.FrontendState;
import dev.weir.proxy.ProxyProcess;
import dev.weir.proxy.Snapshot;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.server.PoolSettings;
import dev.weir.server.ServerEnvironment;
import dev.weir.server.ServerPools;
import dev.weir.stick.StickTable;
import dev.weir.stick.StickTables;
import dev.weir.stream.VariableNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Compiles configurations against what outlives them: to be put in force, on trial, or to be looked at. Thread: the main one, or one
 * that holds the instance.
 */
final class Compilations {
    private final ProxyProcess process;
    private final ServerEnvironment environment;
    private final ServerPools pools;
    private final StickTables tables;
    private final LogWriter logWriter;
    private final VariableNames variables;
    private final Services services;
    /** The limit of frontends that say nothing. */
    private final int frontendMaxConn;
    /** Counters and limits of frontends, by name. */
    private final Map<String, FrontendState> states = new HashMap<>();

    Compilations(
            ProxyProcess process,
            ServerEnvironment environment,
            ServerPools pools,
            StickTables tables,
            LogWriter logWriter,
            VariableNames variables,
            Services services,
            int frontendMaxConn) {
        this.process = process;
        this.environment = environment;
        this.pools = pools;
        this.tables = tables;
        this.logWriter = logWriter;
        this.variables = variables;
        this.services = services;
        this.frontendMaxConn = frontendMaxConn;
    }

    /** The servers that a configuration wants. */
    List<PoolSettings> pools(ConfigurationLoader.Loaded loaded) {
        return SnapshotCompiler.pools(loaded.configuration(), loaded.resolver(), frontendMaxConn);
    }

    /** For what is to be in force: on the servers, tables and counters that are there. */
    SnapshotCompiler compiler(ConfigurationLoader.Loaded loaded, Problems problems) {
        return compiler(loaded, problems, pools, new PatternLists(), tables::table, this::state);
    }

    /** Compiles against servers and counters that nobody else sees. */
    Snapshot trial(ConfigurationLoader.Loaded loaded, Problems problems) {
        ServerPools trialPools = new ServerPools(environment);
        trialPools.apply(pools(loaded));
        var trialTables = tables.trial(SnapshotCompiler.tables(loaded.configuration()));
        return compiler(loaded, problems, trialPools, new PatternLists(), trialTables, name -> newState())
                .compile();
    }

    /** On the servers as they are, but on copies of the lists and tables. */
    Snapshot sketch(ConfigurationLoader.Loaded loaded, PatternLists lists, StickTables.Sketches copies) {
        return compiler(loaded, new Problems(), pools, lists, copies::table, this::state)
                .compile();
    }

    /** Frontends that are no more count no more. */
    void forgetAllBut(Set<String> frontends) {
        states.keySet().retainAll(frontends);
    }

    private FrontendState state(String frontend) {
        return states.computeIfAbsent(frontend, name -> newState());
    }

    private FrontendState newState() {
        return new FrontendState(environment.loopCount());
    }

    private SnapshotCompiler compiler(
            ConfigurationLoader.Loaded loaded,
            Problems problems,
            ServerPools onPools,
            PatternLists lists,
            Function<String, StickTable> onTables,
            Function<String, FrontendState> frontendStates) {
        return new SnapshotCompiler(
                loaded.configuration(),
                loaded.environment(),
                loaded.resolver(),
                problems,
                process,
                onPools,
                logWriter,
                variables,
                lists,
                onTables,
                services,
                frontendStates,
                frontendMaxConn);
    }
}
