package dev.weir.server.check;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.server.Server;

/** One kind of check. */
interface Probe {
    /** Runs once, on a virtual thread of the loop. @return null if the loop stops */
    CheckResult run(EventLoop loop, Server server);
}
