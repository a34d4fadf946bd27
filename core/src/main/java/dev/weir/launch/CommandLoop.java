package dev.weir.launch;

import dev.weir.config.model.Severity;
import dev.weir.stream.Cause;

/** The main thread's life once the proxy runs: it waits for what the operator asks. */
final class CommandLoop {
    private static final long IDLE_WAIT_MS = 3_600_000;
    /** How often a soft stop looks whether the last session has gone. */
    private static final long SOFT_STOP_LOOK_MS = 20;
    /** How long sessions that were told to end may take. */
    private static final long HARD_STOP_PATIENCE_MS = 1_000;
    /** What a shell shows for SIGTERM and SIGINT, and what master-worker HAProxy returns. */
    private static final int INTERRUPTED = 130;

    private final CommandLine commandLine;
    private final StartupMessages messages;
    private final Instance instance;
    private final Commands commands;

    CommandLoop(CommandLine commandLine, StartupMessages messages, Instance instance, Commands commands) {
        this.commandLine = commandLine;
        this.messages = messages;
        this.instance = instance;
        this.commands = commands;
    }

    /** The exit code. */
    int run() {
        while (true) {
            Commands.Command command = commands.next(IDLE_WAIT_MS);
            if (command == null) {
                continue;
            }
            switch (command) {
                case STOP -> {
                    instance.systemd().stopping();
                    return stopped();
                }
                case SOFT_STOP -> {
                    instance.systemd().stopping();
                    return softStop();
                }
                case RELOAD -> instance.reload();
            }
        }
    }

    private int stopped() {
        return commandLine.isMasterWorker() ? INTERRUPTED : 0;
    }

    /** After {@code grace} no new connections; those that are there may end by themselves, within {@code hard-stop-after}. */
    private int softStop() {
        instance.stopSoon();
        if (instance.graceMs() > 0) {
            messages.show(Severity.NOTICE, "Scheduling a soft-stop in " + instance.graceMs() + " ms.");
            if (waitFor(instance.graceMs(), false)) {
                return stopped();
            }
        }
        messages.show(Severity.WARNING, "Proxy stopping: no new connections, waiting for the running ones.");
        instance.closeListeners();
        long limitMs = instance.hardStopAfterMs() == 0 ? Long.MAX_VALUE : instance.hardStopAfterMs();
        if (waitFor(limitMs, true)) {
            return stopped();
        }
        if (instance.sessions() > 0) {
            messages.show(
                    Severity.WARNING,
                    "hard-stop-after has passed: ending " + instance.sessions() + " sessions that are left.");
            instance.killSessions(Cause.KILLED);
            waitFor(HARD_STOP_PATIENCE_MS, true);
        }
        return stopped();
    }

    /** Waits for a time, or for the last session. True if a hard stop was asked for meanwhile. */
    private boolean waitFor(long limitMs, boolean untilIdle) {
        long startMs = System.nanoTime() / 1_000_000;
        while (System.nanoTime() / 1_000_000 - startMs < limitMs) {
            if (untilIdle && instance.isIdle()) {
                return false;
            }
            if (commands.next(SOFT_STOP_LOOK_MS) == Commands.Command.STOP) {
                return true;
            }
        }
        return false;
    }
}
