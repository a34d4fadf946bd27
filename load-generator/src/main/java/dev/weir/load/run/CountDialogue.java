package dev.weir.load.run;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.loop.Pattern;
import dev.weir.load.plan.Job;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** So many bytes there, so many back, whatever they are; either may be none. */
final class CountDialogue extends Dialogue {
    private final UnsafeBuffer request;
    private final int answerBytes;
    private int missing;

    CountDialogue(int requestBytes, int answerBytes) {
        this.request = Pattern.ofBytes(requestBytes);
        this.answerBytes = answerBytes;
    }

    @Override
    int ask(Job job, Connection server, long deadlineNs) throws ConnectionFailure {
        server.write(request, 0, request.capacity(), deadlineNs);
        return request.capacity();
    }

    @Override
    void expect(Job job) {
        missing = answerBytes;
    }

    @Override
    int take(DirectBuffer input, int offset, int length) {
        int part = Math.min(missing, length);
        missing -= part;
        return part;
    }

    @Override
    boolean isAnswered() {
        return missing == 0;
    }

    @Override
    ErrorKind verdict() {
        return null;
    }
}
