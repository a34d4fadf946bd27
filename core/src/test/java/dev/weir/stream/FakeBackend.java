package dev.weir.stream;

import java.util.ArrayList;
import java.util.List;

/** A backend with settable figures, for tests. */
public final class FakeBackend implements BackendView {
    public String name;
    public int id = 3;
    public int connections;
    public int queued;
    public final List<FakeServer> servers = new ArrayList<>();
    private ServerView[] array = {};

    public FakeBackend(String name, FakeServer... servers) {
        this.name = name;
        for (FakeServer server : servers) {
            server.backend = this;
            this.servers.add(server);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String mode() {
        return "tcp";
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public int sessionRate() {
        return 0;
    }

    @Override
    public int backendQueued() {
        return queued;
    }

    @Override
    public int totalQueued() {
        return queued;
    }

    @Override
    public int usableServers() {
        return (int) servers.stream().filter(FakeServer::isUp).count();
    }

    @Override
    public int serverCount() {
        return servers.size();
    }

    @Override
    public ServerView[] servers() {
        if (array.length != servers.size()) {
            array = servers.toArray(new ServerView[0]);
        }
        return array;
    }

    @Override
    public ServerView server(int position) {
        return servers.get(position);
    }

    @Override
    public ServerView server(String name) {
        return servers.stream()
                .filter(server -> server.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public long connectTimeoutMs() {
        return 1000;
    }

    @Override
    public long queueTimeoutMs() {
        return 1000;
    }

    @Override
    public long serverTimeoutMs() {
        return 2000;
    }

    @Override
    public long tunnelTimeoutMs() {
        return 0;
    }

    @Override
    public int retriesMax() {
        return 3;
    }
}
