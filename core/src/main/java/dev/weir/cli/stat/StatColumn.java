package dev.weir.cli.stat;

import java.util.HashMap;
import java.util.Map;

/**
 * The columns of HAProxy 3.2's statistics in their order: name, tags of the typed output, type, and a line for people. CSV, typed
 * and JSON output, metrics and the page only read this table. HAProxy management manual 9.1.
 */
public enum StatColumn {
    PXNAME("pxname", "KNS", Type.STR, "proxy name"),
    SVNAME("svname", "KNS", Type.STR, "FRONTEND, BACKEND, or the name of the server or listener"),
    QCUR("qcur", "MGP", Type.U32, "sessions that wait"),
    QMAX("qmax", "MMP", Type.U32, "most sessions that waited at a time"),
    SCUR("scur", "MGP", Type.U32, "sessions now"),
    SMAX("smax", "MMP", Type.U32, "most sessions at a time"),
    SLIM("slim", "CLP", Type.U32, "limit of sessions"),
    STOT("stot", "MCP", Type.U64, "sessions"),
    BIN("bin", "MCP", Type.U64, "bytes received from clients"),
    BOUT("bout", "MCP", Type.U64, "bytes sent to clients"),
    DREQ("dreq", "MCP", Type.U64, "requests refused by rules"),
    DRESP("dresp", "MCP", Type.U64, "responses refused by rules"),
    EREQ("ereq", "MCP", Type.U64, "faulty or unfinished requests"),
    ECON("econ", "MCP", Type.U64, "sessions that found no server"),
    ERESP("eresp", "MCP", Type.U64, "faulty or unfinished responses"),
    WRETR("wretr", "MCP", Type.U64, "repeated attempts to connect or to send"),
    WREDIS("wredis", "MCP", Type.U64, "sessions moved to another server"),
    STATUS("status", "SGP", Type.STR, "state"),
    WEIGHT("weight", "MaP", Type.U32, "weight in force, of a backend the sum"),
    ACT("act", "MGP", Type.U32, "active servers that are up"),
    BCK("bck", "MGP", Type.U32, "backup servers that are up"),
    CHKFAIL("chkfail", "MCP", Type.U64, "failed health checks while up"),
    CHKDOWN("chkdown", "MCP", Type.U64, "transitions to down"),
    LASTCHG("lastchg", "MAP", Type.U32, "seconds since the state changed"),
    DOWNTIME("downtime", "MCP", Type.U32, "seconds of being down"),
    QLIMIT("qlimit", "CGS", Type.U32, "maxqueue"),
    PID("pid", "KGP", Type.U32, "process number, always 1"),
    IID("iid", "KGS", Type.U32, "number of the proxy"),
    SID("sid", "KGS", Type.U32, "number of the server or listener"),
    THROTTLE("throttle", "MGP", Type.U32, "percentage of the weight during slow start"),
    LBTOT("lbtot", "MCP", Type.U64, "times chosen by the balancing algorithm"),
    TRACKED("tracked", "CNS", Type.STR, "server that is followed"),
    TYPE("type", "CGS", Type.U32, "0 frontend, 1 backend, 2 server, 3 listener"),
    RATE("rate", "MRP", Type.U32, "sessions in the last second"),
    RATE_LIM("rate_lim", "CLP", Type.U32, "limit of sessions a second"),
    RATE_MAX("rate_max", "MMP", Type.U32, "most sessions a second"),
    CHECK_STATUS("check_status", "MOP", Type.STR, "status of the last health check"),
    CHECK_CODE("check_code", "MOP", Type.U32, "code of the last health check's answer"),
    CHECK_DURATION("check_duration", "MDP", Type.U64, "milliseconds that the last health check took"),
    HRSP_1XX("hrsp_1xx", "MCP", Type.U64, "responses with status 1xx"),
    HRSP_2XX("hrsp_2xx", "MCP", Type.U64, "responses with status 2xx"),
    HRSP_3XX("hrsp_3xx", "MCP", Type.U64, "responses with status 3xx"),
    HRSP_4XX("hrsp_4xx", "MCP", Type.U64, "responses with status 4xx"),
    HRSP_5XX("hrsp_5xx", "MCP", Type.U64, "responses with status 5xx"),
    HRSP_OTHER("hrsp_other", "MCP", Type.U64, "responses with another status, or broken"),
    HANAFAIL("hanafail", "MCP", Type.U64, "failures seen in traffic"),
    REQ_RATE("req_rate", "MRP", Type.U32, "requests in the last second"),
    REQ_RATE_MAX("req_rate_max", "MMP", Type.U32, "most requests a second"),
    REQ_TOT("req_tot", "MCP", Type.U64, "requests"),
    CLI_ABRT("cli_abrt", "MCP", Type.U64, "transfers aborted by clients"),
    SRV_ABRT("srv_abrt", "MCP", Type.U64, "transfers aborted by servers"),
    COMP_IN("comp_in", "MCP", Type.U64, "bytes given to compression"),
    COMP_OUT("comp_out", "MCP", Type.U64, "bytes that compression made"),
    COMP_BYP("comp_byp", "MCP", Type.U64, "bytes that passed by compression"),
    COMP_RSP("comp_rsp", "MCP", Type.U64, "compressed responses"),
    LASTSESS("lastsess", "MAP", Type.S32, "seconds since the last session, -1 for none"),
    LAST_CHK("last_chk", "MOP", Type.STR, "what the last health check was answered"),
    LAST_AGT("last_agt", "MOP", Type.STR, "what the last agent check was answered"),
    QTIME("qtime", "MaP", Type.U32, "average milliseconds in the queue over the last 1024"),
    CTIME("ctime", "MaP", Type.U32, "average milliseconds to connect over the last 1024"),
    RTIME("rtime", "MaP", Type.U32, "average milliseconds to the response over the last 1024"),
    TTIME("ttime", "MaP", Type.U32, "average milliseconds of sessions over the last 1024"),
    AGENT_STATUS("agent_status", "MOP", Type.STR, "status of the last agent check"),
    AGENT_CODE("agent_code", "MOP", Type.U32, "code of the last agent check"),
    AGENT_DURATION("agent_duration", "MDP", Type.U64, "milliseconds that the last agent check took"),
    CHECK_DESC("check_desc", "MOP", Type.STR, "check_status in words"),
    AGENT_DESC("agent_desc", "MOP", Type.STR, "agent_status in words"),
    CHECK_RISE("check_rise", "CGS", Type.U32, "rise of the health check"),
    CHECK_FALL("check_fall", "CGS", Type.U32, "fall of the health check"),
    CHECK_HEALTH("check_health", "CGS", Type.U32, "health, 0 to rise+fall-1"),
    AGENT_RISE("agent_rise", "CGS", Type.U32, "rise of the agent check, always 1"),
    AGENT_FALL("agent_fall", "CGS", Type.U32, "fall of the agent check, always 1"),
    AGENT_HEALTH("agent_health", "CGS", Type.U32, "health by the agent, 0 or 1"),
    ADDR("addr", "CGS", Type.STR, "address"),
    COOKIE("cookie", "CNS", Type.STR, "cookie of the server, or name of the backend's"),
    MODE("mode", "CGS", Type.STR, "tcp or http"),
    ALGO("algo", "CGS", Type.STR, "balancing algorithm"),
    CONN_RATE("conn_rate", "MRP", Type.U32, "connections in the last second"),
    CONN_RATE_MAX("conn_rate_max", "MMP", Type.U32, "most connections a second"),
    CONN_TOT("conn_tot", "MCP", Type.U64, "connections"),
    INTERCEPTED("intercepted", "MCP", Type.U64, "requests answered by the proxy itself"),
    DCON("dcon", "MCP", Type.U64, "connections refused by rules"),
    DSES("dses", "MCP", Type.U64, "sessions refused by rules"),
    WREW("wrew", "MCP", Type.U64, "rewrites that failed"),
    CONNECT("connect", "MCP", Type.U64, "attempts to connect"),
    REUSE("reuse", "MCP", Type.U64, "reuses of connections"),
    CACHE_LOOKUPS("cache_lookups", "MCP", Type.U64, "look-ups in the cache"),
    CACHE_HITS("cache_hits", "MCP", Type.U64, "hits in the cache"),
    SRV_ICUR("srv_icur", "MGP", Type.U32, "idle connections that may be reused"),
    SRC_ILIM("src_ilim", "CLP", Type.U32, "limit of idle connections"),
    QTIME_MAX("qtime_max", "MMP", Type.U32, "most milliseconds in the queue"),
    CTIME_MAX("ctime_max", "MMP", Type.U32, "most milliseconds to connect"),
    RTIME_MAX("rtime_max", "MMP", Type.U32, "most milliseconds to the response"),
    TTIME_MAX("ttime_max", "MMP", Type.U32, "most milliseconds of a session"),
    EINT("eint", "MCP", Type.U64, "internal errors"),
    IDLE_CONN_CUR("idle_conn_cur", "MGP", Type.U32, "idle connections that are not safe to reuse"),
    SAFE_CONN_CUR("safe_conn_cur", "MGP", Type.U32, "idle connections that are safe to reuse"),
    USED_CONN_CUR("used_conn_cur", "MGP", Type.U32, "connections in use"),
    NEED_CONN_EST("need_conn_est", "MGP", Type.U32, "connections estimated to be needed"),
    UWEIGHT("uweight", "MaP", Type.U32, "weight as set, of a backend the sum"),
    AGG_SERVER_STATUS("agg_server_status", "MGP", Type.U32, "servers by status"),
    AGG_SERVER_CHECK_STATUS("agg_server_check_status", "MGP", Type.U32, "servers by status of their checks"),
    AGG_CHECK_STATUS("agg_check_status", "MGP", Type.U32, "checks by status"),
    SRID("srid", "MCP", Type.U32, "revision of the server's slot"),
    SESS_OTHER("sess_other", "MCP", Type.U64, "sessions that are neither HTTP/1, 2 nor 3"),
    H1SESS("h1sess", "MCP", Type.U64, "HTTP/1 sessions"),
    H2SESS("h2sess", "MCP", Type.U64, "HTTP/2 sessions"),
    H3SESS("h3sess", "MCP", Type.U64, "HTTP/3 sessions"),
    REQ_OTHER("req_other", "MCP", Type.U64, "requests that are neither HTTP/1, 2 nor 3"),
    H1REQ("h1req", "MCP", Type.U64, "HTTP/1 requests"),
    H2REQ("h2req", "MCP", Type.U64, "HTTP/2 requests"),
    H3REQ("h3req", "MCP", Type.U64, "HTTP/3 requests"),
    PROTO("proto", "SGP", Type.STR, "protocol of the listener");

    /** How typed output calls the type of a value. */
    public enum Type {
        STR,
        U32,
        S32,
        U64;

        /** As it is written. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Map<String, StatColumn> BY_NAME = new HashMap<>();

    static {
        for (StatColumn column : values()) {
            BY_NAME.put(column.text, column);
        }
    }

    private final String text;
    private final String tags;
    private final Type type;
    private final String description;

    StatColumn(String text, String tags, Type type, String description) {
        this.text = text;
        this.tags = tags;
        this.type = type;
        this.description = description;
    }

    /** As the header of the CSV has it. */
    public String text() {
        return text;
    }

    /** Origin, nature and scope, a letter each, as HAProxy has them for a row of that kind. */
    public String tags(StatRow.Kind kind) {
        return switch (this) {
            case ACT, BCK -> kind == StatRow.Kind.SERVER ? "SGP" : tags; // there it is a state, not a count
            case RATE_MAX -> kind == StatRow.Kind.BACKEND ? "MGP" : tags;
            default -> tags;
        };
    }

    public Type type() {
        return type;
    }

    public String description() {
        return description;
    }

    /** Null if there is none of that name. */
    public static StatColumn of(String text) {
        return BY_NAME.get(text);
    }
}
