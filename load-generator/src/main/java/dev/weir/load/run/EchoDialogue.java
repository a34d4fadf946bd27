package dev.weir.load.run;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.loop.Pattern;
import dev.weir.load.plan.Job;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The same bytes back, each of them compared. */
final class EchoDialogue extends Dialogue {
    private final UnsafeBuffer request;
    private int taken;
    private boolean differs;

    EchoDialogue(int bytes) {
        this.request = Pattern.ofBytes(bytes);
    }

    @Override
    int ask(Job job, Connection server, long deadlineNs) throws ConnectionFailure {
        server.write(request, 0, request.capacity(), deadlineNs);
        return request.capacity();
    }

    @Override
    void expect(Job job) {
        taken = 0;
        differs = false;
    }

    @Override
    int take(DirectBuffer input, int offset, int length) {
        int part = Math.min(request.capacity() - taken, length);
        differs |= !isSame(input, offset, part);
        taken += part;
        return part;
    }

    private boolean isSame(DirectBuffer input, int offset, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (input.getLong(offset + i) != request.getLong(taken + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (input.getByte(offset + i) != request.getByte(taken + i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean isAnswered() {
        return taken == request.capacity();
    }

    @Override
    ErrorKind verdict() {
        return differs ? ErrorKind.BODY : null;
    }

    @Override
    boolean keepsConnection() {
        return !differs;
    }
}
