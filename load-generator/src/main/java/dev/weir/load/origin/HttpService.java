package dev.weir.load.origin;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.load.http.RequestReader;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers every request with the status and the number of bytes that are wanted. */
final class HttpService implements Service {
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
                    if (client.receive(Long.MAX_VALUE) <= 0) {
                        return;
                    }
                }
            }
            client.close();
        }

        private void answer() throws ConnectionFailure {
            skipBody(reader.bodyBytes());
            if (waiter.holdsBack()) {
                waiter.await();
            }
            int asked = reader.askedBytes();
            UnsafeBuffer answer = asked == RequestReader.NONE
                    ? answers.usual(reader.isHead())
                    : answers.ofSize(asked, reader.isHead());
            client.write(answer, 0, answer.capacity(), Long.MAX_VALUE);
            isLast = reader.closes();
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
    }
}
