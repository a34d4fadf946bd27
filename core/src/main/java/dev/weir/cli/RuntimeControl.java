package dev.weir.cli;

import dev.weir.cli.explain.Sketch;
import dev.weir.cli.stat.ProcessLoad;
import dev.weir.cli.stat.StatCollector;
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

/** What commands may ask of, and do to, the process around the proxy. Implemented by whoever booted it; any thread. */
public interface RuntimeControl {
    ProxyProcess process();

    /** Its listeners and sessions. */
    RunningProxy proxy();

    /** Names that variables have. */
    VariableNames variableNames();

    /**
     * Gives a variable of the process the value of an expression, or of a log format, that needs no session.
     *
     * @return false if there is no value, or no room for it
     */
    boolean assign(String variable, List<String> words, boolean isFormat) throws ParseProblem;

    StickTables tables();

    /** Lists and maps of the configuration in force. */
    PatternLists patterns();

    StatCollector statistics();

    /** Sections of name servers, with their counters. */
    Resolvers resolvers();

    /** Servers that have names. */
    ServerNames serverNames();

    /** Sockets of the runtime API. */
    CliSettings cli();

    /** What hides names for those who give no key of their own: unsigned, 0 for none. */
    int anonymityKey();

    /** Another one, until the next reload. */
    void anonymityKey(int key);

    /** The environment as configurations see it. */
    Map<String, String> environment();

    /** Messages of the start, or of the last time that the configuration was to be read again, a line each. */
    List<String> startupLog();

    /** Reads the configuration again; what it said, and whether it is in force. */
    Outcome reload();

    /** {@code description} of a frontend or a backend, empty without one. */
    String description(String proxy, boolean isFrontend);

    Reloads reloads();

    /**
     * How often the configuration was to be read again.
     *
     * @param failedSince how often it was refused since it last was not
     */
    record Reloads(int count, int failedSince) {}

    /** What came of something that may be refused. */
    record Outcome(boolean isDone, List<String> messages) {}

    /**
     * Adds a server to a backend, in maintenance and with its checks disabled.
     *
     * @param words address and options, as behind {@code server <name>}
     */
    Outcome addServer(ServerPool backend, String name, List<String> words);

    /** Takes a server out of its backend, if it is in maintenance, unused, and nothing refers to it. */
    Outcome removeServer(Server server);

    /** Options that servers take which are added. */
    List<String> serverOptions();

    /** Takes no connections for now, or takes them again; false if there is no such frontend. */
    boolean enableFrontend(String name, boolean isEnabled);

    /** Closes the listeners of a frontend for good; false if there is no such frontend. */
    boolean shutdownFrontend(String name);

    /** The configuration in force, compiled for trying something out. The caller closes it. */
    Sketch sketch();

    /** What writes all log lines. */
    LogWriter logs();

    /** Descriptors that the process may have. */
    long descriptorsMax();

    /** Pipes for splicing that all event loops together may hold. */
    int pipesMax();

    /** How busy the process is. */
    ProcessLoad load();

    /** How many warnings were said since the start. */
    long warnings();

    /** How long the start took until clients were served, 0 before that. */
    long bootMs();
}
