package dev.weir.config.compile;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.ServerView;
import java.util.List;

/** A configuration that does not run, seen as if it did and nothing happened: enough to check its rules ({@code -c}). */
final class ModelViews implements Scene.Views {
    private final Configuration configuration;

    ModelViews(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public FrontendView frontend(String name) {
        var proxy = configuration.frontend(name);
        return proxy == null ? null : new Frontend(proxy);
    }

    @Override
    public BackendView backend(String name) {
        var proxy = configuration.backend(name);
        return proxy == null ? null : new Backend(proxy);
    }

    private record Frontend(ProxySection proxy) implements FrontendView {
        @Override
        public String name() {
            return proxy.name();
        }

        @Override
        public int id() {
            return proxy.id();
        }

        @Override
        public String mode() {
            return proxy.mode() == Mode.HTTP ? "http" : "tcp";
        }

        @Override
        public int connections() {
            return 0;
        }

        @Override
        public int sessionRate() {
            return 0;
        }

        @Override
        public int requestRate() {
            return 0;
        }

        @Override
        public long clientTimeoutMs() {
            return proxy.timeouts().clientMs();
        }

        @Override
        public String defaultBackendName() {
            return proxy.frontend().defaultBackend();
        }
    }

    private record Backend(ProxySection proxy) implements BackendView {
        private List<ServerLine> lines() {
            return proxy.backend().servers();
        }

        @Override
        public String name() {
            return proxy.name();
        }

        @Override
        public int id() {
            return proxy.id();
        }

        @Override
        public String mode() {
            return proxy.mode() == Mode.HTTP ? "http" : "tcp";
        }

        @Override
        public int connections() {
            return 0;
        }

        @Override
        public int sessionRate() {
            return 0;
        }

        @Override
        public int backendQueued() {
            return 0;
        }

        @Override
        public int totalQueued() {
            return 0;
        }

        @Override
        public int usableServers() {
            return lines().size();
        }

        @Override
        public int serverCount() {
            return lines().size();
        }

        @Override
        public ServerView[] servers() {
            return lines().stream().map(line -> new Server(this, line)).toArray(ServerView[]::new);
        }

        @Override
        public ServerView server(int position) {
            return new Server(this, lines().get(position));
        }

        @Override
        public ServerView server(String name) {
            for (var line : lines()) {
                if (line.name().equals(name)) {
                    return new Server(this, line);
                }
            }
            return null;
        }

        @Override
        public long connectTimeoutMs() {
            return proxy.timeouts().connectMs();
        }

        @Override
        public long queueTimeoutMs() {
            return proxy.timeouts().queueOrConnectMs();
        }

        @Override
        public long serverTimeoutMs() {
            return proxy.timeouts().serverMs();
        }

        @Override
        public long tunnelTimeoutMs() {
            return proxy.timeouts().tunnelMs();
        }

        @Override
        public int retriesMax() {
            return proxy.backend().retries();
        }
    }

    private record Server(BackendView backend, ServerLine line) implements ServerView {
        @Override
        public void pin() {
            // nothing runs yet
        }

        @Override
        public String name() {
            return line.name();
        }

        @Override
        public int id() {
            return line.id();
        }

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public boolean isBackup() {
            return line.backup();
        }

        @Override
        public boolean isSticky() {
            return !line.nonStick();
        }

        @Override
        public int connections() {
            return 0;
        }

        @Override
        public int connectionsMax() {
            return line.maxConn();
        }

        @Override
        public int queued() {
            return 0;
        }

        @Override
        public int queuedMax() {
            return line.maxQueue();
        }

        @Override
        public int sessionRate() {
            return 0;
        }

        @Override
        public int initialWeight() {
            return line.weight();
        }

        @Override
        public int userWeight() {
            return line.weight();
        }

        @Override
        public int effectiveWeight() {
            return line.weight();
        }
    }
}
