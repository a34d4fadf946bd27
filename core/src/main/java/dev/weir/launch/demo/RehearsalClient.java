package dev.weir.launch.demo;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A client of the rehearsal: it asks for the same things over and over, and its connections end in turn in each of the ways that
 * clients have. Thread: a virtual thread of the loop.
 */
final class RehearsalClient {
    /** How a conversation ends. */
    private enum Ending {
        /** As those who only want to know whether somebody listens: it closes, having asked for nothing at all. */
        PROBE,
        /** All answers are there, and it closes. */
        CLOSE,
        /** The last request asks the other side to close. */
        LAST_REQUEST,
        /** It closes while an answer is on its way. */
        LEAVE,
        /** It resets while an answer is on its way. */
        RESET,
        /** It resets, having asked for nothing more. */
        RESET_IDLE
    }

    private static final Ending[] ENDINGS = Ending.values();
    private static final long TIMEOUT_NS = 10_000_000_000L;
    private static final UnsafeBuffer REQUEST = ascii("GET /rehearsal HTTP/1.1\r\nHost: localhost\r\n\r\n");
    private static final UnsafeBuffer LAST =
            ascii("GET /rehearsal HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    private static final UnsafeBuffer API_REQUEST = ascii(
            "GET /api/rehearsal?n=1 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: rehearsal/1.0 (x86_64)\r\nAccept: */*\r\n"
                    + "Accept-Encoding: gzip, deflate\r\nCookie: a=b; c=d\r\n\r\n");

    private final EventLoop loop;

    RehearsalClient(EventLoop loop) {
        this.loop = loop;
    }

    private static UnsafeBuffer ascii(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * One connection.
     *
     * @param requests how many it asks for before it ends
     * @param number chooses how it ends
     * @throws IOException if an answer fails to come
     */
    void converse(Endpoint to, int requests, int number) throws IOException {
        Ending ending = ENDINGS[number % ENDINGS.length];
        try {
            Connection connection = connect(to);
            try {
                if (ending != Ending.PROBE) {
                    ask(connection, requests);
                }
                end(connection, ending);
            } finally {
                connection.close();
            }
        } catch (ConnectionFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * One connection of a crowd: it asks when the others are connected, too, so that their requests come at once.
     *
     * @param missing those of the crowd that are not connected yet
     * @throws IOException if an answer fails to come
     */
    void converseInCrowd(Endpoint to, int requests, CountDownLatch missing) throws IOException, InterruptedException {
        try {
            Connection connection = connect(to, missing);
            try {
                missing.await();
                ask(connection, requests);
            } finally {
                connection.close();
            }
        } catch (ConnectionFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Connection connect(Endpoint to) throws ConnectionFailure {
        return loop.connect(to, new ConnectOptions(), deadline());
    }

    private Connection connect(Endpoint to, CountDownLatch missing) throws ConnectionFailure {
        try {
            return connect(to);
        } finally {
            missing.countDown(); // nobody waits for one that fails
        }
    }

    private void ask(Connection connection, int requests) throws ConnectionFailure, EOFException {
        for (int i = 0; i < requests; i++) {
            ask(connection, (i & 3) == 0 ? API_REQUEST : REQUEST);
        }
    }

    private void ask(Connection connection, UnsafeBuffer request) throws ConnectionFailure, EOFException {
        send(connection, request);
        if (connection.receive(deadline()) == Connection.END_OF_STREAM) {
            throw new EOFException("no answer");
        }
        connection.consume(connection.available());
    }

    private void end(Connection connection, Ending ending) throws ConnectionFailure, EOFException {
        switch (ending) {
            case PROBE, CLOSE -> {}
            case LAST_REQUEST -> {
                ask(connection, LAST);
                connection.receive(deadline());
            }
            case LEAVE -> send(connection, REQUEST);
            case RESET -> {
                send(connection, REQUEST);
                connection.reset();
            }
            case RESET_IDLE -> connection.reset();
        }
    }

    private void send(Connection connection, UnsafeBuffer request) throws ConnectionFailure {
        connection.send(request, 0, request.capacity(), deadline());
    }

    private long deadline() {
        return loop.nanoTime() + TIMEOUT_NS;
    }
}
