package dev.weir.launch;

import dev.weir.clock.Clock;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.GlobalSection.ServerStateFiles;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine.InitAddress;
import dev.weir.config.model.ServerStateSource;
import dev.weir.config.model.Severity;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.ServerPools;
import dev.weir.server.state.StateFile;
import dev.weir.server.state.StateLine;
import dev.weir.server.state.StateRestorer;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code load-server-state-from-file} asks for: gives servers the state that a process before this one wrote down. At the start
 * only; a reload keeps its servers. What is wrong with a file is said, and its servers begin as the configuration has them.
 */
final class SavedServerStates {
    private final Configuration configuration;
    private final ServerPools pools;
    private final StartupMessages messages;

    SavedServerStates(Configuration configuration, ServerPools pools, StartupMessages messages) {
        this.configuration = configuration;
        this.pools = pools;
        this.messages = messages;
    }

    void restore() {
        ServerStateFiles files = configuration.global().serverStateFiles();
        Map<String, StateLine> global = new HashMap<>();
        if (!files.file().isEmpty()) {
            Path path = path(files.file());
            for (StateLine line : read(path, "config: ", "global server state file '" + path + "'")) {
                global.putIfAbsent(line.backendName() + " " + line.serverName(), line);
            }
        }
        for (ProxySection proxy : configuration.proxies()) {
            ServerPool pool = proxy.backend() == null ? null : pools.pool(proxy.name());
            if (pool == null || proxy.disabled() || pool.servers().length == 0) {
                continue;
            }
            switch (proxy.backend().stateSource().kind()) {
                case NONE -> {}
                case GLOBAL -> restore(proxy, pool, global);
                case LOCAL -> restoreLocal(proxy, pool);
            }
        }
    }

    private Path path(String name) {
        return Path.of(configuration.global().serverStateFiles().base()).resolve(name);
    }

    private List<StateLine> read(Path path, String subject, String file) {
        StateFile read;
        try {
            read = StateFile.read(path);
        } catch (NoSuchFileException e) {
            messages.show(Severity.NOTICE, subject + "Can't open " + file + ": No such file or directory");
            return List.of();
        } catch (IOException e) {
            messages.show(Severity.WARNING, subject + "Can't open " + file + ": " + e.getMessage());
            return List.of();
        }
        switch (read.finding()) {
            case READABLE -> {}
            case EMPTY -> messages.show(Severity.NOTICE, subject + "Empty " + file + ".");
            case WITHOUT_VERSION -> messages.show(Severity.WARNING, subject + "Can't get version of the " + file + ".");
            case CORRUPTED ->
                messages.show(Severity.WARNING, subject + "corrupted " + file + " at line " + read.faultyLine() + ".");
        }
        return read.lines();
    }

    private void restoreLocal(ProxySection proxy, ServerPool pool) {
        ServerStateSource source = proxy.backend().stateSource();
        String subject = "Proxy '" + pool.name() + "': ";
        Path path = path(source.fileName().isEmpty() ? pool.name() : source.fileName());
        Map<String, StateLine> lines = new HashMap<>();
        for (StateLine line : read(path, subject, "server state file '" + path + "'")) {
            if (concerns(line, proxy, subject)) {
                lines.putIfAbsent(pool.name() + " " + line.serverName(), line);
            }
        }
        restore(proxy, pool, lines);
        for (StateLine line : lines.values()) {
            messages.show(
                    Severity.WARNING,
                    subject + "can't find server '" + line.serverName() + "' in backend '" + pool.name() + "'");
        }
    }

    /** A backend is known by its name, or by its id where the configuration had given it. */
    private boolean concerns(StateLine line, ProxySection proxy, String subject) {
        boolean hasId = line.backendId().equals(Integer.toString(proxy.id()));
        boolean hasName = line.backendName().equals(proxy.name());
        if (hasName && !hasId) {
            mismatch(subject, "ID", line.backendId(), Integer.toString(proxy.id()));
        }
        if (hasId && !hasName) {
            mismatch(subject, "name", line.backendName(), proxy.name());
        }
        return hasName || hasId && line.backendIdIsForced();
    }

    private void mismatch(String subject, String what, String saved, String running) {
        messages.show(
                Severity.WARNING,
                subject + "backend " + what + " mismatch: from server state file: '" + saved
                        + "', from running config '" + running + "'");
    }

    /** Takes out what it used. */
    private void restore(ProxySection proxy, ServerPool pool, Map<String, StateLine> lines) {
        for (Server server : pool.servers()) {
            StateLine line = lines.remove(pool.name() + " " + server.name());
            String message = line == null
                    ? null
                    : StateRestorer.restore(server, line, takesAddress(proxy, server), Clock.SYSTEM.nanoTime());
            if (message != null) {
                messages.show(Severity.WARNING, message);
            }
        }
    }

    private static boolean takesAddress(ProxySection proxy, Server server) {
        boolean isNamed =
                server.settings().naming != null && server.settings().naming.host() != null;
        return isNamed
                && proxy.backend().servers().stream()
                        .filter(line -> line.name().equals(server.name()))
                        .anyMatch(line -> line.initAddr().getFirst() instanceof InitAddress.Last);
    }
}
