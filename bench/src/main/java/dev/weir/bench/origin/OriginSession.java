package dev.weir.bench.origin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client of the origin: answers its requests, several with one send when they came together. Thread: its virtual
 * thread.
 */
final class OriginSession {
    private static final long FOREVER = Long.MAX_VALUE;
    /** Answers are put together up to this many bytes; larger ones are sent from where they lie. */
    private static final int TOGETHER_BYTES = 16384;

    private static final UnsafeBuffer CONTINUE = continueBuffer();

    private final Connection client;
    private final OriginCounters counters;
    private final int loop;
    private final RequestHead head = new RequestHead();
    private UnsafeBuffer together;
    private int togetherBytes;
    private int answered;

    OriginSession(Connection client, OriginCounters counters) {
        this.client = client;
        this.counters = counters;
        this.loop = client.loop().index();
    }

    private static UnsafeBuffer continueBuffer() {
        byte[] text = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocateDirect(text.length);
        buffer.put(text);
        return new UnsafeBuffer(buffer);
    }

    /** Serves until the client, or a request of it, ends the connection. */
    void run() {
        counters.addConnection(loop);
        try {
            while (serveWhatIsThere()) {
                if (client.receive(FOREVER) == Connection.END_OF_STREAM) {
                    return;
                }
            }
        } catch (ConnectionFailure e) {
            client.reset(); // clients that have what they want just go
        } catch (IllegalArgumentException e) {
            System.err.println("origin: " + e.getMessage());
            client.reset();
        }
    }

    /** @return false when the connection is to end */
    private boolean serveWhatIsThere() throws ConnectionFailure {
        int done = 0;
        while (true) {
            int length = head.read(client.input(), done, client.available() - done);
            if (length == RequestHead.INCOMPLETE) {
                client.consume(done);
                flush();
                return true;
            }
            done += length;
            if (head.bodyBytes() > 0) {
                client.consume(done);
                done = 0;
                takeBody();
            }
            answer(head.answer());
            if (head.closes()) {
                client.consume(done);
                flush();
                client.shutdownOutput();
                return false;
            }
        }
    }

    private void takeBody() throws ConnectionFailure {
        if (head.expectsContinue()) {
            client.send(CONTINUE, 0, CONTINUE.capacity(), FOREVER);
        }
        long missing = head.bodyBytes();
        while (missing > 0) {
            if (client.available() == 0 && client.receive(FOREVER) == Connection.END_OF_STREAM) {
                throw new IllegalArgumentException("a body that ends early");
            }
            int taken = (int) Math.min(missing, client.available());
            client.consume(taken);
            counters.addBytesIn(loop, taken);
            missing -= taken;
        }
    }

    private void answer(DirectBuffer answer) throws ConnectionFailure {
        answered++;
        int length = answer.capacity();
        if (length > TOGETHER_BYTES) {
            flush();
            sendInSteps(answer);
            return;
        }
        if (togetherBytes + length > TOGETHER_BYTES) {
            flush();
        }
        if (together == null) {
            together = new UnsafeBuffer(ByteBuffer.allocateDirect(TOGETHER_BYTES));
        }
        together.putBytes(togetherBytes, answer, 0, length);
        togetherBytes += length;
    }

    /** So that a window sees bytes as they go. */
    private void sendInSteps(DirectBuffer answer) throws ConnectionFailure {
        int step = 1 << 18;
        for (int sent = 0; sent < answer.capacity(); sent += step) {
            int length = Math.min(step, answer.capacity() - sent);
            client.send(answer, sent, length, FOREVER);
            counters.addBytesOut(loop, length);
        }
    }

    private void flush() throws ConnectionFailure {
        if (togetherBytes > 0) {
            client.send(together, 0, togetherBytes, FOREVER);
            counters.addBytesOut(loop, togetherBytes);
            togetherBytes = 0;
        }
        if (answered > 0) {
            counters.addRequests(loop, answered);
            answered = 0;
        }
    }
}
