package dev.weir.load.run;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.loop.Pattern;
import dev.weir.load.plan.Job;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes for a server that says nothing: a request is answered when the kernel has taken all of it. */
final class SinkDialogue extends Dialogue {
    private final UnsafeBuffer bytes;

    SinkDialogue(int count) {
        this.bytes = Pattern.ofBytes(count);
    }

    @Override
    int ask(Job job, Connection server, long deadlineNs) throws ConnectionFailure {
        server.send(bytes, 0, bytes.capacity(), deadlineNs);
        return bytes.capacity();
    }

    @Override
    void expect(Job job) {}

    @Override
    int take(DirectBuffer input, int offset, int length) {
        return 0;
    }

    @Override
    boolean isAnswered() {
        return true;
    }

    @Override
    ErrorKind verdict() {
        return null;
    }
}
