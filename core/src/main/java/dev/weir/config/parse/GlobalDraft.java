package dev.weir.config.parse;

import dev.weir.config.model.BindLine.UnixRights;
import dev.weir.config.model.CpuMapLine;
import dev.weir.config.model.GlobalSection;
import dev.weir.config.model.GlobalSection.ProcessLimits;
import dev.weir.config.model.GlobalSection.ProcessLog;
import dev.weir.config.model.GlobalSection.ProcessSettings;
import dev.weir.config.model.GlobalSection.RuntimeApi;
import dev.weir.config.model.GlobalSection.ServerStateFiles;
import dev.weir.config.model.GlobalSection.ThreadSettings;
import dev.weir.config.model.GlobalSection.Tuning;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.Position;
import dev.weir.config.model.StatsSocketLine;
import dev.weir.resolver.AcceptedFamilies;
import java.util.ArrayList;
import java.util.List;

/** The global sections while they are read. Single-threaded. */
final class GlobalDraft {
    final Environment environment;

    Position at = Position.NONE;
    /** No other section was seen. */
    boolean isFirst = true;

    final DefaultPath defaultPath = new DefaultPath();

    boolean daemon;
    String pidFile = "";
    String user = "";
    String group = "";
    int uid = -1;
    int gid = -1;
    long hardStopAfterMs;
    long graceMs;
    /** -1 for {@code infinite}. */
    long closeSpreadMs;

    String node = "";
    String description = "";
    String localPeer = "";
    String statsFile = "";
    boolean zeroWarning;
    /** {@code expose-experimental-directives}. */
    boolean allowsExperiments;

    boolean quiet;

    int maxConn;
    int ulimitN;
    int fdHardLimit;
    int maxConnRate;
    int maxSessRate;
    int maxPipes;
    boolean splice = true;
    boolean strictLimits = true;
    boolean rejectsPrivilegedPorts;
    boolean reusesPorts = true;
    boolean neverSendsLocal;

    int threadCount;
    int threadCountMax;
    final List<CpuMapLine> cpuMaps = new ArrayList<>();
    boolean busyPolling;
    int spreadChecksPercent;
    long maxSpreadChecksMs;

    int bufferBytes;
    int rewriteBytes;
    int headersMax;
    /** HAProxy's default. */
    int logUriBytes = 1023;
    /** Longest captured cookie, with its name. */
    int cookieBytesMax = 63;

    /** {@code h1-accept-payload-with-any-method}. */
    boolean acceptsAnyPayload;

    /** {@code h1-do-not-close-on-insecure-transfer-encoding}. */
    boolean keepsInsecure;

    final StatusCodesKeywords statusCodes = new StatusCodesKeywords();
    final NameCaseKeywords nameCases = new NameCaseKeywords();
    final VariableKeywords variables = new VariableKeywords();

    int clientReceiveBytes;
    int clientSendBytes;
    int serverReceiveBytes;
    int serverSendBytes;
    int stickCounters = 3;
    final List<StatsSocketLine> statsSockets = new ArrayList<>();
    long statsTimeoutMs = 10_000;
    int statsMaxConn = 10;
    /** Unsigned, 0 for none. */
    int anonymityKey;

    AcceptedFamilies acceptedFamilies = AcceptedFamilies.BOTH;

    String serverStateBase = "";
    String serverStateFile = "";

    /** {@code unix-bind}: what bind lines have that say nothing else. */
    UnixRights unixRights = UnixRights.NONE;

    /** {@code unix-bind prefix}. */
    String unixPrefix = "";

    final List<LogLine> logs = new ArrayList<>();
    String logTag = "";
    String sendHostname = "";

    GlobalDraft(Environment environment) {
        this.environment = environment;
    }

    GlobalSection build() {
        return new GlobalSection(
                at,
                settings(),
                limits(),
                threads(),
                tuning(),
                new ProcessLog(List.copyOf(logs), logTag, sendHostname),
                new RuntimeApi(List.copyOf(statsSockets), statsTimeoutMs, statsMaxConn, anonymityKey),
                new ServerStateFiles(serverStateBase, serverStateFile),
                variables.build(),
                acceptedFamilies);
    }

    private ProcessSettings settings() {
        return new ProcessSettings(
                daemon,
                pidFile,
                user,
                group,
                uid,
                gid,
                hardStopAfterMs,
                graceMs,
                closeSpreadMs,
                node,
                description,
                localPeer,
                statsFile,
                zeroWarning,
                quiet);
    }

    private ProcessLimits limits() {
        return new ProcessLimits(
                maxConn,
                ulimitN,
                fdHardLimit,
                maxConnRate,
                maxSessRate,
                maxPipes,
                splice,
                strictLimits,
                rejectsPrivilegedPorts);
    }

    private ThreadSettings threads() {
        return new ThreadSettings(
                threadCount, threadCountMax, List.copyOf(cpuMaps), busyPolling, spreadChecksPercent, maxSpreadChecksMs);
    }

    private Tuning tuning() {
        return new Tuning(
                bufferBytes,
                rewriteBytes,
                headersMax,
                logUriBytes,
                clientReceiveBytes,
                clientSendBytes,
                serverReceiveBytes,
                serverSendBytes,
                stickCounters,
                nameCases.build(),
                acceptsAnyPayload,
                keepsInsecure,
                statusCodes.errors(),
                statusCodes.failures(),
                reusesPorts,
                neverSendsLocal);
    }
}
