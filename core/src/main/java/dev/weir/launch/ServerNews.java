package dev.weir.launch;

import dev.weir.config.model.Severity;
import dev.weir.log.Logger;
import dev.weir.server.HealthEvents;
import dev.weir.stream.LogLevel;
import java.util.function.Function;

/** News of servers go to the backend's log, and to the console of a process that has one. Any thread. */
final class ServerNews implements HealthEvents {
    private final Function<String, Logger> backendLoggers;
    private final StartupMessages console;

    /** @param backendLoggers the log of a backend, by its name; null if it has none */
    ServerNews(Function<String, Logger> backendLoggers, StartupMessages console) {
        this.backendLoggers = backendLoggers;
        this.console = console;
    }

    @Override
    public void report(String backend, LogLevel level, String text) {
        log(backend, level, text);
        show(Severity.WARNING, text);
    }

    /** The console has the name in quotes, as HAProxy's has. */
    @Override
    public void reportLackOfServers(String kind, String backend) {
        String lack = " has no server available!";
        log(backend, LogLevel.EMERG, kind + " " + backend + lack);
        show(Severity.ALERT, kind + " '" + backend + "'" + lack);
    }

    private void log(String backend, LogLevel level, String text) {
        Logger logger = backendLoggers.apply(backend);
        if (logger != null) {
            logger.send(level, text);
        }
    }

    private void show(Severity severity, String text) {
        if (!Daemon.isChild()) {
            console.show(severity, text);
        }
    }
}
