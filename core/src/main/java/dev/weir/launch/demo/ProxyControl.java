package dev.weir.launch.demo;

import dev.weir.server.ServerPools;

/** What the demo sees of the running proxy and asks of it. Any thread. */
public interface ProxyControl {
    /** The servers with their figures. */
    ServerPools pools();

    /** As by SIGUSR2; a message tells how it went. */
    void reload();

    /** As by SIGTERM. */
    void stop();
}
