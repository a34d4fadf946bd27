package dev.weir.cli.stat;

import dev.weir.bridge.transport.LoopFigures;
import dev.weir.cli.RuntimeControl;
import java.util.function.Function;

/**
 * The fields of {@code show info}, with HAProxy 3.2's names, positions and tags. What belongs to parts of HAProxy that are not
 * here is 0, so that scripts find it.
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
            control -> control.process().threadCount()),
    NBPROC("Nbproc", 4, "CGS", "u32", "processes", control -> 1),
    PROCESS_NUM("Process_num", 5, "KGP", "u32", "number of this process", control -> 1),
    PID("Pid", 6, "SGP", "u32", "process id", control -> control.process().pid()),
    UPTIME(
            "Uptime",
            7,
            "MDP",
            "str",
            "time since the start",
            control -> InfoValues.span(InfoValues.uptimeSeconds(control))),
    UPTIME_SEC("Uptime_sec", 8, "MDP", "u32", "seconds since the start", InfoValues::uptimeSeconds),
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
            control -> control.process().gate().limit()),
    HARD_MAXCONN(
            "Hard_maxconn",
            16,
            "CLP",
            "u32",
            "limit of connections of the configuration",
            control -> control.process().connectionsMax()),
    CURRCONNS(
            "CurrConns",
            17,
            "MGP",
            "u32",
            "connections now",
            control -> control.process().connections()),
    CUMCONNS(
            "CumConns",
            18,
            "MCP",
            "u32",
            "connections since the start",
            control -> control.process().totals().connections()),
    CUMREQ(
            "CumReq",
            19,
            "MCP",
            "u32",
            "HTTP requests since the start",
            control -> control.process().totals().requests()),
    MAXSSLCONNS("MaxSslConns", 20, "MMP", "limit of TLS connections"),
    CURRSSLCONNS("CurrSslConns", 21, "MGP", "TLS connections now"),
    CUMSSLCONNS("CumSslConns", 22, "MCP", "TLS connections since the start"),
    MAXPIPES(
            "Maxpipes", 23, "CLP", "u32", "pipes for splicing that all event loops may hold", RuntimeControl::pipesMax),
    PIPESUSED(
            "PipesUsed",
            24,
            "MGP",
            "u32",
            "pipes that splice",
            control -> InfoValues.sum(control, LoopFigures::pipesLent)),
    PIPESFREE(
            "PipesFree",
            25,
            "MGP",
            "u32",
            "pipes that are kept for the next splicing",
            control -> InfoValues.sum(control, LoopFigures::pipesFree)),
    CONNRATE(
            "ConnRate",
            26,
            "MRP",
            "u32",
            "connections in the last second",
            control -> control.process().connectionRate().perSecond(InfoValues.now(control))),
    CONNRATELIMIT(
            "ConnRateLimit",
            27,
            "CLP",
            "u32",
            "limit of connections a second",
            control -> control.process().connectionRatePerSecondMax()),
    MAXCONNRATE(
            "MaxConnRate",
            28,
            "MMP",
            "u32",
            "most connections a second",
            control -> control.process().connectionRate().maximum(InfoValues.now(control))),
    SESSRATE(
            "SessRate",
            29,
            "MRP",
            "u32",
            "sessions in the last second",
            control -> control.process().newSessionRate().perSecond(InfoValues.now(control))),
    SESSRATELIMIT(
            "SessRateLimit",
            30,
            "CLP",
            "u32",
            "limit of sessions a second",
            control -> control.process().sessionRatePerSecondMax()),
    MAXSESSRATE(
            "MaxSessRate",
            31,
            "MRP",
            "u32",
            "most sessions a second",
            control -> control.process().newSessionRate().maximum(InfoValues.now(control))),
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
    TASKS("Tasks", 47, "MGP", "u32", "virtual threads that have work, and timers", InfoValues::tasks),
    RUN_QUEUE(
            "Run_queue",
            48,
            "MGP",
            "u32",
            "tasks that could run and wait for their turn",
            control -> InfoValues.sum(control, LoopFigures::tasksReady)),
    IDLE_PCT(
            "Idle_pct",
            49,
            "MaP",
            "u32",
            "percentage of the event loops' CPUs that the process left idle since this was last asked for, a second or longer ago",
            control -> control.load().idlePercent()),
    NODE(
            "node",
            50,
            "COS",
            "str",
            "name of the node",
            control -> control.process().nodeName()),
    DESCRIPTION(
            "description",
            51,
            "COS",
            "str",
            "description of the node",
            control -> control.process().description()),
    STOPPING(
            "Stopping",
            52,
            "MGP",
            "u32",
            "1 while the process stops",
            control -> control.process().isStopping() ? 1 : 0),
    JOBS(
            "Jobs",
            53,
            "MGP",
            "u32",
            "connections now",
            control -> control.process().connections()),
    UNSTOPPABLE_JOBS("Unstoppable Jobs", 54, "MGP", "jobs that do not end"),
    LISTENERS("Listeners", 55, "MGP", "u32", "frontends that take connections", InfoValues::openFrontends),
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
            "TotalBytesOut",
            61,
            "MGP",
            "u64",
            "bytes sent to clients and servers",
            control -> InfoValues.bytesOut(control.process())),
    TOTALSPLICEDBYTESOUT(
            "TotalSplicedBytesOut",
            62,
            "MGP",
            "u64",
            "bytes sent through pipes",
            control -> InfoValues.sum(control, LoopFigures::bytesSpliced)),
    BYTESOUTRATE(
            "BytesOutRate",
            63,
            "MRP",
            "u64",
            "bytes sent a second since this was last asked for, a second or longer ago",
            control -> control.load().bytesOutPerSecond()),
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
            control -> InfoValues.startMicros(control) / InfoValues.SECOND_MICROS),
    TAINTED("Tainted", 71, "SGP", "str", "what makes the process unsafe", control -> 0),
    TOTALWARNINGS(
            "TotalWarnings", 72, "MCP", "u32", "warnings that were said since the start", RuntimeControl::warnings),
    MAXCONNREACHED(
            "MaxconnReached",
            73,
            "MCP",
            "u32",
            "times the limit of connections was reached",
            control -> control.process().gate().timesFull()),
    BOOTTIME_MS("BootTime_ms", 74, "MDP", "u32", "milliseconds from the start until it served", RuntimeControl::bootMs),
    NICED_TASKS("Niced_tasks", 75, "MGP", "tasks with a priority of their own"),
    CURRSTREAMS(
            "CurrStreams",
            76,
            "MGP",
            "u64",
            "sessions now",
            control -> control.process().connections()),
    CUMSTREAMS(
            "CumStreams",
            77,
            "MGP",
            "u64",
            "TCP sessions and HTTP requests since the start",
            control -> control.process().totals().streams()),
    BLOCKEDTRAFFICWARNINGS("BlockedTrafficWarnings", 78, "MGP", "warnings of tasks that were too slow");

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

    /** As {@code float} asks for it, with a fraction if there is one; null for what is no such number. */
    String exactValue(RuntimeControl control) {
        return switch (this) {
            case UPTIME_SEC -> InfoValues.seconds(InfoValues.uptimeMicros(control));
            case START_TIME_SEC -> InfoValues.seconds(InfoValues.startMicros(control));
            case CONNRATE,
                    SESSRATE,
                    SSLRATE,
                    SSLFRONTENDKEYRATE,
                    SSLFRONTENDSESSIONREUSE_PCT,
                    SSLBACKENDKEYRATE,
                    COMPRESSBPSIN,
                    COMPRESSBPSOUT -> value(control);
            default -> null;
        };
    }

    /** In HAProxy the tags of two fields are others then. */
    String exactTags() {
        return this == SSLFRONTENDKEYRATE || this == SSLFRONTENDSESSIONREUSE_PCT ? "MRP" : tags;
    }

    /** As text. */
    public String value(RuntimeControl control) {
        return value.apply(control).toString();
    }
}
