package dev.weir.load.run;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.http.Expectation;
import dev.weir.load.http.ResponseReader;
import dev.weir.load.plan.Job;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** HTTP/1.1. */
final class HttpDialogue extends Dialogue {
    private final ResponseReader reader = new ResponseReader();
    private Expectation expectation;

    @Override
    int ask(Job job, Connection server, long deadlineNs) throws ConnectionFailure {
        UnsafeBuffer wire = ((Job.Http) job).request().wire();
        server.write(wire, 0, wire.capacity(), deadlineNs);
        return wire.capacity();
    }

    @Override
    void expect(Job job) {
        Job.Http http = (Job.Http) job;
        expectation = http.expectation();
        reader.begin(http.request(), expectation);
    }

    @Override
    int take(DirectBuffer input, int offset, int length) {
        return reader.read(input, offset, length);
    }

    @Override
    boolean isAnswered() {
        return reader.isComplete();
    }

    @Override
    boolean endsAnswer() {
        return reader.end();
    }

    @Override
    ErrorKind verdict() {
        if (reader.isBroken()) {
            return ErrorKind.MALFORMED;
        }
        if (!reader.isComplete()) {
            return null;
        }
        boolean hasBody = reader.hasExpectedBody();
        if (!expectation.acceptsStatus(reader.status())) {
            return ErrorKind.STATUS;
        }
        if (!expectation.acceptsLength(reader.bodyBytes())) {
            return ErrorKind.LENGTH;
        }
        return hasBody ? null : ErrorKind.BODY;
    }

    @Override
    void abandon() {
        reader.abandon();
    }

    @Override
    boolean keepsConnection() {
        return reader.keepsConnection();
    }

    @Override
    boolean serverEnds() {
        return !reader.keepsConnection();
    }

    @Override
    int status() {
        return reader.status();
    }
}
