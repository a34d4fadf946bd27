package dev.weir.cli.stat;

import dev.weir.cli.RuntimeControl;
import dev.weir.proxy.ProxyProcess;
import dev.weir.stats.Counter;
import java.util.function.Function;

/**
 * The fields of {@code show info}, with HAProxy 3.2's names, positions and tags. What belongs to parts of HAProxy that are not
 * here is 0, so that scripts find it; what is not known here (pipes, tasks, idle time, streams since the start) is left out.
 */
public enum InfoField {
    NAME("Name", 0, "POS", "str", "product name", control -> "HAProxy"),
    VERSION("Version", 1, "POS", "str", "compatible version, then Weir's own", control -> "3.2.0-weir"),
    RELEASE_DATE("Release_date", 2, "POS", "str", "release date of the compatible version", control -> "2025/05/28"),
    NBTHREAD(
            "Nbthread",
            3,
            "CGS",
            "u32",
            "event loops",
            control -> process(control).threadCount()),
    NBPROC("Nbproc", 4, "CGS", "u32", "processes", control -> 1),
    PROCESS_NUM("Process_num", 5, "KGP", "u32", "number of this process", control -> 1),
    PID("Pid", 6, "SGP", "u32", "process id", control -> process(control).pid()),
    UPTIME("Uptime", 7, "MDP", "str", "time since the start", control -> span(uptimeSeconds(control))),
    UPTIME_SEC("Uptime_sec", 8, "MDP", "u32", "seconds since the start", InfoField::uptimeSeconds),
    MEMMAX_MB(
            "Memmax_MB",
            9,
            "CLP",
            "u32",
            "MiB that the heap may grow to",
            control -> Runtime.getRuntime().maxMemory() >> 20),
    POOLALLOC_MB(
            "PoolAlloc_MB",
            10,
            "MGP",
            "u32",
            "MiB of heap",
            control -> Runtime.getRuntime().totalMemory() >> 20),
    POOLUSED_MB(
            "PoolUsed_MB",
            11,
            "MGP",
            "u32",
            "MiB of heap in use",
            control -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20),
    POOLFAILED("PoolFailed", 12, "MCP", "failed allocations"),
    ULIMIT_N("Ulimit-n", 13, "CLP", "u32", "descriptors that the process may have", RuntimeControl::descriptorsMax),
    MAXSOCK("Maxsock", 14, "CLP", "u32", "descriptors that the process may have", RuntimeControl::descriptorsMax),
    MAXCONN(
            "Maxconn",
            15,
            "CLP",
            "u32",
            "limit of connections",
            control -> process(control).gate().limit()),
    HARD_MAXCONN(
            "Hard_maxconn",
            16,
            "CLP",
            "u32",
            "limit of connections of the configuration",
            control -> process(control).connectionsMax()),
    CURRCONNS(
            "CurrConns",
            17,
            "MGP",
            "u32",
            "connections now",
            control -> process(control).connections()),
    CUMCONNS("CumConns", 18, "MCP", "u32", "connections since the start", control -> sum(control, Counter.CONNECTIONS)),
    CUMREQ("CumReq", 19, "MCP", "u32", "HTTP requests since the start", control -> sum(control, Counter.REQUESTS)),
    MAXSSLCONNS("MaxSslConns", 20, "MMP", "limit of TLS connections"),
    CURRSSLCONNS("CurrSslConns", 21, "MGP", "TLS connections now"),
    CUMSSLCONNS("CumSslConns", 22, "MCP", "TLS connections since the start"),
    CONNRATE(
            "ConnRate",
            26,
            "MRP",
            "u32",
            "connections in the last second",
            control -> process(control).connectionRate().perSecond(now(control))),
    CONNRATELIMIT(
            "ConnRateLimit",
            27,
            "CLP",
            "u32",
            "limit of connections a second",
            control -> process(control).connectionRatePerSecondMax()),
    MAXCONNRATE(
            "MaxConnRate",
            28,
            "MMP",
            "u32",
            "most connections a second",
            control -> process(control).connectionRate().maximum(now(control))),
    SESSRATE(
            "SessRate",
            29,
            "MRP",
            "u32",
            "sessions in the last second",
            control -> process(control).newSessionRate().perSecond(now(control))),
    SESSRATELIMIT(
            "SessRateLimit",
            30,
            "CLP",
            "u32",
            "limit of sessions a second",
            control -> process(control).sessionRatePerSecondMax()),
    MAXSESSRATE(
            "MaxSessRate",
            31,
            "MRP",
            "u32",
            "most sessions a second",
            control -> process(control).newSessionRate().maximum(now(control))),
    SSLRATE("SslRate", 32, "MRP", "TLS connections in the last second"),
    SSLRATELIMIT("SslRateLimit", 33, "CLP", "limit of TLS connections a second"),
    MAXSSLRATE("MaxSslRate", 34, "MMP", "most TLS connections a second"),
    SSLFRONTENDKEYRATE("SslFrontendKeyRate", 35, "MGP", "TLS keys of clients in the last second"),
    SSLFRONTENDMAXKEYRATE("SslFrontendMaxKeyRate", 36, "MMP", "most TLS keys of clients a second"),
    SSLFRONTENDSESSIONREUSE_PCT("SslFrontendSessionReuse_pct", 37, "MGP", "percentage of resumed TLS sessions"),
    SSLBACKENDKEYRATE("SslBackendKeyRate", 38, "MRP", "TLS keys of servers in the last second"),
    SSLBACKENDMAXKEYRATE("SslBackendMaxKeyRate", 39, "MMP", "most TLS keys of servers a second"),
    SSLCACHELOOKUPS("SslCacheLookups", 40, "MCP", "lookups of TLS sessions"),
    SSLCACHEMISSES("SslCacheMisses", 41, "MCP", "lookups of TLS sessions that found none"),
    COMPRESSBPSIN("CompressBpsIn", 42, "MRP", "bytes compressed in the last second"),
    COMPRESSBPSOUT("CompressBpsOut", 43, "MRP", "bytes that compression made in the last second"),
    COMPRESSBPSRATELIM("CompressBpsRateLim", 44, "CLP", "limit of compression"),
    NODE(
            "node",
            50,
            "COS",
            "str",
            "name of the node",
            control -> process(control).nodeName()),
    DESCRIPTION(
            "description",
            51,
            "COS",
            "str",
            "description of the node",
            control -> process(control).description()),
    STOPPING(
            "Stopping",
            52,
            "MGP",
            "u32",
            "1 while the process stops",
            control -> process(control).isStopping() ? 1 : 0),
    JOBS(
            "Jobs",
            53,
            "MGP",
            "u32",
            "connections now",
            control -> process(control).connections()),
    UNSTOPPABLE_JOBS("Unstoppable Jobs", 54, "MGP", "jobs that do not end"),
    LISTENERS("Listeners", 55, "MGP", "u32", "frontends that take connections", InfoField::openFrontends),
    ACTIVEPEERS("ActivePeers", 56, "MGP", "peers that are connected and verified"),
    CONNECTEDPEERS("ConnectedPeers", 57, "MGP", "peers that are connected"),
    DROPPEDLOGS(
            "DroppedLogs",
            58,
            "MGP",
            "u32",
            "log lines for which there was no room",
            control -> control.logs().droppedCount()),
    BUSYPOLLING("BusyPolling", 59, "MGP", "1 if waiting is busy"),
    FAILEDRESOLUTIONS("FailedResolutions", 60, "MGP", "resolutions for which there was no room"),
    TOTALBYTESOUT(
            "TotalBytesOut", 61, "MGP", "u64", "bytes sent to clients", control -> sum(control, Counter.BYTES_OUT)),
    DEBUGCOMMANDSISSUED("DebugCommandsIssued", 64, "MGP", "debug commands"),
    CUMRECVLOGS("CumRecvLogs", 65, "MCP", "log messages received"),
    BUILD_INFO("Build info", 66, "POS", "str", "compatible version", control -> "3.2.0-weir"),
    MEMMAX_BYTES(
            "Memmax_bytes",
            67,
            "CLP",
            "u32",
            "bytes that the heap may grow to",
            control -> Runtime.getRuntime().maxMemory()),
    POOLALLOC_BYTES(
            "PoolAlloc_bytes",
            68,
            "MGP",
            "u64",
            "bytes of heap",
            control -> Runtime.getRuntime().totalMemory()),
    POOLUSED_BYTES(
            "PoolUsed_bytes",
            69,
            "MGP",
            "u64",
            "bytes of heap in use",
            control -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()),
    START_TIME_SEC(
            "Start_time_sec",
            70,
            "MDP",
            "u32",
            "start in seconds since 1970",
            control -> process(control).clock().epochMicros() / 1_000_000 - uptimeSeconds(control)),
    TAINTED("Tainted", 71, "SGP", "str", "what makes the process unsafe", control -> 0),
    MAXCONNREACHED(
            "MaxconnReached",
            73,
            "MCP",
            "u32",
            "times the limit of connections was reached",
            control -> process(control).gate().timesFull()),
    CURRSTREAMS(
            "CurrStreams",
            76,
            "MGP",
            "u64",
            "sessions now",
            control -> process(control).connections()),
    BLOCKEDTRAFFICWARNINGS("BlockedTrafficWarnings", 78, "MGP", "warnings of tasks that were too slow");

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;

    private final String text;
    private final int position;
    private final String tags;
    private final String type;
    private final String description;
    private final Function<RuntimeControl, Object> value;

    /** Of a part that is not here: always 0. */
    InfoField(String text, int position, String tags, String description) {
        this(text, position, tags, "u32", description + "; always 0: there is no such part", control -> 0);
    }

    InfoField(
            String text,
            int position,
            String tags,
            String type,
            String description,
            Function<RuntimeControl, Object> value) {
        this.text = text;
        this.position = position;
        this.tags = tags;
        this.type = type;
        this.description = description;
        this.value = value;
    }

    private static ProxyProcess process(RuntimeControl control) {
        return control.process();
    }

    private static long now(RuntimeControl control) {
        return process(control).clock().nanoTime();
    }

    private static long uptimeSeconds(RuntimeControl control) {
        return (now(control) - process(control).startNs()) / SECOND_NS;
    }

    /** {@code 0d 0h00m04s}. */
    private static String span(long seconds) {
        return String.format(
                "%dd %dh%02dm%02ds", seconds / DAY, seconds % DAY / HOUR, seconds % HOUR / MINUTE, seconds % MINUTE);
    }

    private static long sum(RuntimeControl control, Counter counter) {
        return process(control).frontends().values().stream()
                .mapToLong(frontend -> frontend.state().counters().get(counter))
                .sum();
    }

    private static long openFrontends(RuntimeControl control) {
        return process(control).frontends().values().stream()
                .filter(frontend -> !frontend.state().isDisabled())
                .count();
    }

    public String text() {
        return text;
    }

    /** In HAProxy's list. */
    public int position() {
        return position;
    }

    public String tags() {
        return tags;
    }

    public String type() {
        return type;
    }

    public String description() {
        return description;
    }

    public boolean isText() {
        return type.equals("str");
    }

    /** Whether there is anything to say; a process without a description has none. */
    public boolean isPresent(RuntimeControl control) {
        return this != DESCRIPTION || !value(control).isEmpty();
    }

    /** As text. */
    public String value(RuntimeControl control) {
        return value.apply(control).toString();
    }
}
