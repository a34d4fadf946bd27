package dev.weir.launch;

import dev.weir.bridge.kernel.Signals;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the operator asks of the running process, in order. Any thread adds, the main thread takes. */
final class Commands {
    /** Closed set. */
    enum Command {
        /** SIGINT, SIGTERM. */
        STOP,
        /** SIGUSR1. */
        SOFT_STOP,
        /** SIGUSR2, SIGHUP. */
        RELOAD
    }

    private final BlockingQueue<Command> waiting = new LinkedBlockingQueue<>();

    /** Takes over the process's signals. The JVM keeps SIGQUIT for its thread dump. */
    static Commands fromSignals() {
        Commands commands = new Commands();
        commands.handle("INT", Command.STOP);
        commands.handle("TERM", Command.STOP);
        commands.handle("USR1", Command.SOFT_STOP);
        commands.handle("USR2", Command.RELOAD);
        commands.handle("HUP", Command.RELOAD);
        return commands;
    }

    private void handle(String signal, Command command) {
        Signals.handle(signal, () -> add(command));
    }

    void add(Command command) {
        waiting.add(command);
    }

    /** The next one, or null if none comes in time. */
    Command next(long timeoutMs) {
        try {
            return waiting.poll(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Command.STOP;
        }
    }
}
