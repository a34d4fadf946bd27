package dev.weir.load.run;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.plan.Job;
import org.agrona.DirectBuffer;

/** What is said on one connection: how a request of a kind is written and its answer recognised. Thread: the user's. */
abstract class Dialogue {
    /** Writes a request; returns how many bytes that were. */
    abstract int ask(Job job, Connection server, long deadlineNs) throws ConnectionFailure;

    /** The next answer belongs to this request. */
    abstract void expect(Job job);

    /** Takes what belongs to the answer; returns how many bytes that were. */
    abstract int take(DirectBuffer input, int offset, int length);

    /** Whether the answer is complete; also before anything was received, if none is due. */
    abstract boolean isAnswered();

    /** The stream has ended: whether that completes the answer. */
    boolean endsAnswer() {
        return false;
    }

    /** What is wrong with the answer so far, or null; to be asked after every {@link #take}, and once when it is complete. */
    abstract ErrorKind verdict();

    /** An answer is given up half-way. */
    void abandon() {}

    /** Whether the connection may serve another request. */
    boolean keepsConnection() {
        return true;
    }

    /** Whether the server has said that it will end the connection. */
    boolean serverEnds() {
        return false;
    }

    /** Of HTTP answers, else 0. */
    int status() {
        return 0;
    }

    /** One for a user of a target that is asked for such things. */
    static Dialogue of(Job job) {
        return switch (job) {
            case Job.Http http -> new HttpDialogue();
            case Job.Echo echo -> new EchoDialogue(echo.bytes());
            case Job.Ask ask -> new CountDialogue(ask.bytes(), ask.answerBytes());
            case Job.Connect connect -> new CountDialogue(0, 0);
            case Job.Sink sink -> new SinkDialogue(sink.bytes());
            case Job.Source source -> new CountDialogue(0, source.bytes());
        };
    }
}
