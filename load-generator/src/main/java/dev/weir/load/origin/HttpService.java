package dev.weir.load.origin;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.http.RequestReader;
import dev.weir.load.loop.Outgoing;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers every request with the status and the number of bytes that are wanted. */
final class HttpService implements Service {
    /** Answers that are put together when requests come together. */
    private static final int ANSWERS_MAX = 64;

    private final HttpAnswers answers;
    private final Waiter waiter;

    HttpService(OriginOptions options, Waiter waiter) {
        this.answers = new HttpAnswers(options);
        this.waiter = waiter;
    }

    @Override
    public void serve(Connection client) throws ConnectionFailure {
        new Conversation(client).run();
    }

    private final class Conversation {
        private final Connection client;
        private final RequestReader reader = new RequestReader();
        private final Outgoing out = new Outgoing(ANSWERS_MAX);
        private int outCount;
        private boolean isLast;

        Conversation(Connection client) {
            this.client = client;
        }

        void run() throws ConnectionFailure {
            while (!isLast) {
                int head = client.available() == 0 ? 0 : reader.readHead(client.input(), 0, client.available());
                if (reader.isBroken()) {
                    client.reset();
                    return;
                }
                if (head > 0) {
                    client.consume(head);
                    answer();
                } else {
                    flush();
                    if (client.receive(Long.MAX_VALUE) <= 0) {
                        return;
                    }
                }
            }
            flush();
            client.close();
        }

        private void answer() throws ConnectionFailure {
            skipBody(reader.bodyBytes());
            if (waiter.holdsBack()) {
                flush();
                waiter.await();
            }
            int asked = reader.askedBytes();
            UnsafeBuffer answer = asked == RequestReader.NONE
                    ? answers.usual(reader.isHead())
                    : answers.ofSize(asked, reader.isHead());
            out.add(answer);
            isLast = reader.closes();
            if (++outCount == ANSWERS_MAX) {
                flush();
            }
        }

        private void skipBody(long bytes) throws ConnectionFailure {
            long left = bytes;
            while (left > 0) {
                int part = (int) Math.min(left, client.available());
                client.consume(part);
                left -= part;
                if (left > 0 && client.receive(Long.MAX_VALUE) == Connection.END_OF_STREAM) {
                    return;
                }
            }
        }

        private void flush() throws ConnectionFailure {
            outCount = 0;
            out.flush(client, Long.MAX_VALUE);
        }
    }
}
