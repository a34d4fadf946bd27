package dev.weir.server.check.script;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.server.ProbeTarget;
import dev.weir.server.Server;
import dev.weir.stream.ProcessView;

/** Runs scripts against a server again and again, and keeps what they work with. Owned by the check's virtual thread. */
public final class ScriptProbe {
    private final ProcessView process;
    private final Server server;
    private final ByteWriter output = new ByteWriter(256, Sample.BYTES_MAX);
    /** Null until it is wanted. */
    private CheckScene scene;

    /** Null until it is wanted. */
    private HttpReply reply;

    /** @param process seen by expressions */
    public ScriptProbe(ProcessView process, Server server) {
        this.process = process;
        this.server = server;
    }

    /**
     * Runs once, on a virtual thread of the loop.
     *
     * @param limitMs how long it may take where no timeout says otherwise
     * @return null if the loop stops
     */
    public CheckResult run(CheckScript script, EventLoop loop, ProbeTarget target, int limitMs) {
        return new CheckRun(this, script, loop, target, limitMs).run();
    }

    Server server() {
        return server;
    }

    ByteWriter output() {
        return output.clear();
    }

    CheckScene scene() {
        if (scene == null) {
            scene = new CheckScene(process, server);
        }
        return scene;
    }

    HttpReply reply() {
        if (reply == null) {
            reply = new HttpReply();
        }
        return reply;
    }
}
