package dev.weir.launch;

import java.util.ArrayList;
import java.util.List;

/** What the operator asked for: HAProxy's options, and Weir's own long ones. Immutable once parsed. */
public final class CommandLine {
    /** What to do. Closed set. */
    public enum Task {
        RUN,
        /** {@code -c}. */
        CHECK,
        /** {@code -cc}. */
        CONDITION,
        /** {@code -v}. */
        VERSION,
        /** {@code -vv}. */
        BUILD_INFORMATION,
        HELP,
        /** {@link #error} says why. */
        WRONG,
        /** {@code --train}: a rehearsal that the build records. */
        TRAIN,
        /** A word in place of options, see {@link #subcommand}. */
        SUBCOMMAND
    }

    Task task = Task.RUN;
    String error = "";
    String condition = "";
    String subcommand = "";
    List<String> subcommandArguments = List.of();
    final List<String> files = new ArrayList<>();
    QuickSetup quickSetup;
    String directory = "";
    String pidFile = "";
    String localPeer = "";
    String masterSocket = "";
    String oldSocket = "";
    int maxConn;
    int proxyMaxConn;
    int memoryMegabytes;
    final List<Long> pidsToFinish = new ArrayList<>();
    final List<Long> pidsToTerminate = new ArrayList<>();
    final List<String> withoutEffect = new ArrayList<>();
    boolean isDaemon;
    boolean isForeground;
    boolean isDebug;
    boolean isQuiet;
    boolean isVerbose;
    boolean isMasterWorker;
    boolean notifiesSystemd;
    boolean areWarningsFatal;
    boolean showsDiagnostics;
    boolean mayFailToResolve;
    boolean isSpliceOff;
    boolean isReusePortOff;
    boolean isIpv4Preferred;

    CommandLine() {}

    /** Never fails: a mistake is a task of its own. */
    public static CommandLine parse(String... arguments) {
        return new CommandLineParser(arguments).parse();
    }

    public Task task() {
        return task;
    }

    /** Why the command line is wrong. */
    public String error() {
        return error;
    }

    /** The expression of {@code -cc}. */
    public String condition() {
        return condition;
    }

    /** A word such as {@code demo}; its arguments follow in {@link #subcommandArguments}. */
    public String subcommand() {
        return subcommand;
    }

    public List<String> subcommandArguments() {
        return subcommandArguments;
    }

    /** Files and folders of {@code -f} and {@code --}, in order. */
    public List<String> files() {
        return files;
    }

    /** {@code --listen ... --to ...}, or null. */
    public QuickSetup quickSetup() {
        return quickSetup;
    }

    /** {@code -C}: where to go before anything is read; empty for here. */
    public String directory() {
        return directory;
    }

    /** {@code -p}, empty if not given. */
    public String pidFile() {
        return pidFile;
    }

    /** {@code -L}, empty if not given. */
    public String localPeer() {
        return localPeer;
    }

    /** {@code -S}, empty if not given. */
    public String masterSocket() {
        return masterSocket;
    }

    /** {@code -x}: where an older process hands over its listeners; empty if not given. */
    public String oldSocket() {
        return oldSocket;
    }

    /** {@code -n}: concurrent connections of the process, 0 if not given. */
    public int maxConn() {
        return maxConn;
    }

    /** {@code -N}: concurrent connections of each proxy that says nothing, 0 if not given. */
    public int proxyMaxConn() {
        return proxyMaxConn;
    }

    /** {@code -m}: megabytes, 0 if not given. */
    public int memoryMegabytes() {
        return memoryMegabytes;
    }

    /** {@code -sf}: processes that get SIGUSR1 when this one is ready. */
    public List<Long> pidsToFinish() {
        return pidsToFinish;
    }

    /** {@code -st}: processes that get SIGTERM when this one is ready. */
    public List<Long> pidsToTerminate() {
        return pidsToTerminate;
    }

    /** Whether this process takes the place of others, which end then. */
    public boolean isSuccessor() {
        return !pidsToFinish.isEmpty() || !pidsToTerminate.isEmpty();
    }

    /** Options that were taken for compatibility and change nothing; a notice names them. */
    public List<String> withoutEffect() {
        return withoutEffect;
    }

    /** {@code -D}, unless {@code -db} or {@code -d} keeps it in the foreground. */
    public boolean isDaemon() {
        return isDaemon && !isForeground && !isDebug;
    }

    /** {@code -db}: stays in the foreground, whatever the configuration says. */
    public boolean isForeground() {
        return isForeground || isDebug;
    }

    /** {@code -d}. */
    public boolean isDebug() {
        return isDebug;
    }

    /** {@code -q}. */
    public boolean isQuiet() {
        return isQuiet && !isVerbose;
    }

    /** {@code -V}. */
    public boolean isVerbose() {
        return isVerbose;
    }

    /** {@code -W} or {@code -Ws}; there is one process all the same. */
    public boolean isMasterWorker() {
        return isMasterWorker;
    }

    /** {@code -Ws}: tells systemd when it is ready. */
    public boolean notifiesSystemd() {
        return notifiesSystemd;
    }

    /** {@code -dW}. */
    public boolean areWarningsFatal() {
        return areWarningsFatal;
    }

    /** {@code -dD}. */
    public boolean showsDiagnostics() {
        return showsDiagnostics;
    }

    /** {@code -dr}: a server whose name cannot be resolved is no error. */
    public boolean mayFailToResolve() {
        return mayFailToResolve;
    }

    /** {@code -dS}. */
    public boolean isSpliceOff() {
        return isSpliceOff;
    }

    /** {@code -dR}. */
    public boolean isReusePortOff() {
        return isReusePortOff;
    }

    /** {@code -4}. */
    public boolean isIpv4Preferred() {
        return isIpv4Preferred;
    }
}
