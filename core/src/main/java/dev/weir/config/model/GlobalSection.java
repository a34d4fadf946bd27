package dev.weir.config.model;

import dev.weir.resolver.AcceptedFamilies;
import java.util.BitSet;
import java.util.List;

/** All {@code global} sections together. {@code at} is the first one's line, {@link Position#NONE} if there is none. */
public record GlobalSection(
        Position at,
        ProcessSettings process,
        ProcessLimits limits,
        ThreadSettings threads,
        Tuning tuning,
        ProcessLog log,
        RuntimeApi runtimeApi,
        ServerStateFiles serverStateFiles,
        ProcessVariables variables,
        AcceptedFamilies acceptedFamilies)
        implements Section {

    /** Who and where the process is. Empty text, -1 or 0 where nothing is set. Times in milliseconds; {@code closeSpreadMs} is -1 for {@code infinite}. */
    public record ProcessSettings(
            boolean daemon,
            String pidFile,
            String user,
            String group,
            int uid,
            int gid,
            long hardStopAfterMs,
            long graceMs,
            long closeSpreadMs,
            String node,
            String description,
            String localPeer,
            String statsFile,
            boolean zeroWarning,
            boolean quiet) {}

    /** Limits of the whole process, 0 where nothing is set. Rates are per second. */
    public record ProcessLimits(
            int maxConn,
            int ulimitN,
            int fdHardLimit,
            int maxConnRate,
            int maxSessRate,
            int maxPipes,
            boolean splice,
            boolean strictLimits,
            boolean rejectsPrivilegedPorts) {}

    /** Event loops and their CPUs; {@code count} is 0 when it follows the machine, {@code countMax} when there is no limit. */
    public record ThreadSettings(
            int count,
            int countMax,
            List<CpuMapLine> cpuMaps,
            boolean busyPolling,
            int spreadChecksPercent,
            long maxSpreadChecksMs) {}

    /**
     * {@code tune.*}: bytes, 0 where the default holds, and how many stick table entries a stream can track.
     *
     * @param nameCases names of header fields as {@code h1-case-adjust} wants them
     * @param acceptsAnyPayload {@code h1-accept-payload-with-any-method}
     * @param keepsInsecure {@code h1-do-not-close-on-insecure-transfer-encoding}
     * @param errorStatuses {@code http-err-codes}
     * @param failureStatuses {@code http-fail-codes}
     */
    public record Tuning(
            int bufferBytes,
            int rewriteBytes,
            int headersMax,
            int logUriBytes,
            int clientReceiveBytes,
            int clientSendBytes,
            int serverReceiveBytes,
            int serverSendBytes,
            int stickCounters,
            List<String> nameCases,
            boolean acceptsAnyPayload,
            boolean keepsInsecure,
            BitSet errorStatuses,
            BitSet failureStatuses,
            boolean reusesPorts,
            boolean neverSendsLocal) {}

    /** {@code stats socket}, {@code stats timeout} in milliseconds, {@code stats maxconn}, {@code anonkey}: unsigned, 0 for none. */
    public record RuntimeApi(List<StatsSocketLine> sockets, long timeoutMs, int maxConn, int anonymityKey) {}

    /** {@code server-state-file} and the folder that relative names of such files begin at; empty where nothing is set. */
    public record ServerStateFiles(String base, String file) {}

    /** Variables that are set at the start, and {@code tune.vars.*-max-size} in bytes, 0 for no limit. */
    public record ProcessVariables(
            List<VariableLine> lines,
            int globalBytesMax,
            int procBytesMax,
            int sessBytesMax,
            int txnBytesMax,
            int reqresBytesMax,
            int checkBytesMax) {}

    /** Where the process logs to, and under which name; {@code log global} takes these lines over. */
    public record ProcessLog(List<LogLine> lines, String tag, String sendHostname) {
        /** The {@link #sendHostname} that stands for the machine's own name; empty sends none. */
        public static final String OF_MACHINE = "-";
    }
}
