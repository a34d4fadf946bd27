package dev.weir.cli;

import dev.weir.cli.explain.Sketch;
import dev.weir.cli.stat.StatCollector;
import dev.weir.proxy.ProxyProcess;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.stick.StickTables;
import java.util.List;
import java.util.Map;

/** What commands may ask of, and do to, the process around the proxy. Implemented by whoever booted it; any thread. */
public interface RuntimeControl {
    ProxyProcess process();

    StickTables tables();

    /** Lists and maps of the configuration in force. */
    PatternLists patterns();

    StatCollector statistics();

    /** Sockets of the runtime API. */
    CliSettings cli();

    /** The environment as configurations see it. */
    Map<String, String> environment();

    /** Messages of the start, a line each. */
    List<String> startupLog();

    /** Reads the configuration again; what it said, and whether it is in force. */
    Reload reload();

    /** What came of a reload. */
    record Reload(boolean isInForce, List<String> messages) {}

    /** Takes no connections for now, or takes them again; false if there is no such frontend. */
    boolean enableFrontend(String name, boolean isEnabled);

    /** Closes the listeners of a frontend for good; false if there is no such frontend. */
    boolean shutdownFrontend(String name);

    /** The configuration in force, compiled for trying something out. The caller closes it. */
    Sketch sketch();

    /** Descriptors that the process may have. */
    long descriptorsMax();
}
