package dev.weir.launch;

import dev.weir.cli.CliSettings;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.explain.Sketch;
import dev.weir.cli.stat.ProcessLoad;
import dev.weir.cli.stat.StatCollector;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.ProxySection;
import dev.weir.config.parse.AddedServer;
import dev.weir.log.LogWriter;
import dev.weir.proxy.ProxyProcess;
import dev.weir.proxy.RunningProxy;
import dev.weir.resolver.Resolvers;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.name.ServerNames;
import dev.weir.stick.StickTables;
import dev.weir.stream.VariableNames;
import java.util.List;
import java.util.Map;

/**
 * What commands of the runtime API may ask of this process. Threads: those of the commands; what changes the instance, or needs it
 * to stay as it is, holds it.
 */
final class InstanceControl implements RuntimeControl {
    private final Instance instance;

    InstanceControl(Instance instance) {
        this.instance = instance;
    }

    @Override
    public ProxyProcess process() {
        return instance.process();
    }

    @Override
    public RunningProxy proxy() {
        return instance.running;
    }

    @Override
    public VariableNames variableNames() {
        return instance.variables;
    }

    @Override
    public boolean assign(String variable, List<String> words, boolean isFormat) throws ParseProblem {
        synchronized (instance) {
            return instance.compilerInForce.assign(variable, words, isFormat);
        }
    }

    @Override
    public StickTables tables() {
        return instance.tables;
    }

    @Override
    public PatternLists patterns() {
        return instance.patterns;
    }

    @Override
    public StatCollector statistics() {
        return new StatCollector(instance.process());
    }

    @Override
    public Resolvers resolvers() {
        return instance.resolvers;
    }

    @Override
    public ServerNames serverNames() {
        return instance.names;
    }

    @Override
    public CliSettings cli() {
        return instance.cli.settings();
    }

    @Override
    public int anonymityKey() {
        return instance.cli.anonymityKey();
    }

    @Override
    public void anonymityKey(int key) {
        instance.cli.anonymityKey(key);
    }

    @Override
    public Map<String, String> environment() {
        return instance.environmentVariables;
    }

    @Override
    public List<String> startupLog() {
        return instance.startupLog;
    }

    @Override
    public Outcome reload() {
        synchronized (instance) {
            boolean isInForce = instance.reload();
            return new Outcome(isInForce, instance.startupLog);
        }
    }

    @Override
    public Reloads reloads() {
        return instance.reloads;
    }

    @Override
    public String description(String proxy, boolean isFrontend) {
        Configuration configuration = instance.inForce.configuration();
        ProxySection section = isFrontend ? configuration.frontend(proxy) : configuration.backend(proxy);
        return section == null ? "" : section.description();
    }

    @Override
    public Outcome addServer(ServerPool backend, String name, List<String> words) {
        synchronized (instance) {
            return instance.dynamicServers.add(
                    instance.inForce, instance.compilerInForce, instance.snapshot, backend, name, words);
        }
    }

    @Override
    public Outcome removeServer(Server server) {
        synchronized (instance) {
            return instance.dynamicServers.remove(server);
        }
    }

    @Override
    public List<String> serverOptions() {
        return AddedServer.keywords();
    }

    @Override
    public boolean enableFrontend(String name, boolean isEnabled) {
        synchronized (instance) {
            return instance.running.enable(name, isEnabled);
        }
    }

    @Override
    public boolean shutdownFrontend(String name) {
        synchronized (instance) {
            return instance.running.shutdown(name);
        }
    }

    @Override
    public Sketch sketch() {
        synchronized (instance) {
            return instance.sketch();
        }
    }

    @Override
    public LogWriter logs() {
        return instance.logWriter;
    }

    @Override
    public long descriptorsMax() {
        return instance.limits.descriptorsMax();
    }

    @Override
    public int pipesMax() {
        return instance.pipesMax;
    }

    @Override
    public ProcessLoad load() {
        return instance.load;
    }

    @Override
    public long warnings() {
        return instance.messages.warnings();
    }

    @Override
    public long bootMs() {
        return instance.bootMs;
    }
}
