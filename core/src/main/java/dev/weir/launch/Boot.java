package dev.weir.launch;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.transport.TransportException;
import dev.weir.clock.Clock;
import dev.weir.config.model.Problems;
import dev.weir.config.model.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Starts what the command line asks for, and keeps it until it ends. Thread: the main one. */
final class Boot {
    private static final int FAILED = 1;
    private static final long MS_NS = 1_000_000;
    private static final int SIGUSR1 = 10;
    private static final int SIGTERM = 15;

    private final CommandLine commandLine;
    private final StartupMessages messages;
    private final Companion companion;
    private final long startNs = Clock.SYSTEM.nanoTime();

    private Boot(CommandLine commandLine, StartupMessages messages, Companion companion) {
        this.commandLine = commandLine;
        this.messages = messages;
        this.companion = companion;
    }

    /** What runs beside the proxy in the same process. */
    interface Companion {
        /** The proxy serves. The main thread's next act is to wait for commands, so this must not wait for any. */
        void started(Instance instance, Commands commands);
    }

    /** The exit code. */
    static int run(CommandLine commandLine) {
        var messages = new StartupMessages(commandLine.isQuiet(), commandLine.showsDiagnostics());
        return run(commandLine, messages, (instance, commands) -> {});
    }

    /** The exit code, with another taker of the messages and something beside it. */
    static int run(CommandLine commandLine, StartupMessages messages, Companion companion) {
        return new Boot(commandLine, messages, companion).run();
    }

    private int run() {
        Problems problems = new Problems();
        ConfigurationLoader.Loaded loaded = ConfigurationLoader.load(commandLine, problems);
        messages.show(problems);
        if (ConfigurationCheck.isRefused(commandLine, loaded.configuration(), problems, messages)) {
            return FAILED;
        }
        if (wantsDaemon(loaded)) {
            return Daemon.start(messages);
        }
        return serve(loaded);
    }

    private boolean wantsDaemon(ConfigurationLoader.Loaded loaded) {
        boolean isWanted = commandLine.isDaemon()
                || loaded.configuration().global().process().daemon() && !commandLine.isForeground();
        return isWanted && !Daemon.isChild() && !commandLine.isMasterWorker();
    }

    private int serve(ConfigurationLoader.Loaded loaded) {
        Commands commands = Commands.fromSignals();
        try (Instance instance = new Instance(commandLine, messages, loaded)) {
            if (!instance.start(loaded)) {
                return FAILED;
            }
            if (!writePidFile(loaded) || !Privileges.drop(loaded.configuration(), messages)) {
                return FAILED;
            }
            OpenJar.keep();
            signalOldProcesses();
            Daemon.becomeReady();
            instance.bootMs = (Clock.SYSTEM.nanoTime() - startNs) / MS_NS;
            instance.systemd().ready();
            RehearsedClasses.initialize(messages);
            companion.started(instance, commands);
            return untilItEnds(instance, commands);
        } catch (TransportException e) {
            messages.show(Severity.ALERT, "[weir.main()] " + e.getMessage());
            return FAILED;
        }
    }

    private int untilItEnds(Instance instance, Commands commands) {
        CommandLoop loop = new CommandLoop(commandLine, messages, instance, commands);
        SystemdNotification systemd = instance.systemd();
        Duration interval = systemd.watchdogInterval();
        if (interval.isZero()) {
            return loop.run();
        }
        Watchdog watchdog = Watchdog.start(
                instance.loops(), interval.dividedBy(2), systemd::alive, line -> messages.show(Severity.ALERT, line));
        try {
            return loop.run();
        } finally {
            watchdog.close();
        }
    }

    private boolean writePidFile(ConfigurationLoader.Loaded loaded) {
        String configured = loaded.configuration().global().process().pidFile();
        String file = commandLine.pidFile().isEmpty() ? configured : commandLine.pidFile();
        if (file == null || file.isEmpty()) {
            return true;
        }
        try {
            Files.writeString(Path.of(file), ProcessHandle.current().pid() + "\n");
            return true;
        } catch (IOException e) {
            messages.show(Severity.ALERT, "[weir.main()] Cannot create pidfile " + file + ": " + e.getMessage());
            return false;
        }
    }

    /** {@code -sf} and {@code -st}: those who served before may go now. */
    private void signalOldProcesses() {
        Kernel kernel = new Kernel();
        commandLine.pidsToFinish().forEach(pid -> kernel.kill(pid, SIGUSR1));
        commandLine.pidsToTerminate().forEach(pid -> kernel.kill(pid, SIGTERM));
    }
}
