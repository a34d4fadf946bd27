package dev.weir.e2e;

import dev.weir.Patience;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that counts the HTTP checks it gets, by their answers, and lets them wait as long as it has none. */
final class CheckedOrigin implements Closeable {
    static final String OK = "HTTP/1.0 200 OK\r\n\r\n";
    static final String SORRY = "HTTP/1.0 503 Sorry\r\n\r\n";
    static final String SILENCE = "";

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Queue<Socket> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile String answer;

    CheckedOrigin(String answer) throws IOException {
        this.answer = answer;
        Thread.ofPlatform().daemon().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Checks that were told that all is well. */
    int passed() {
        return passed.get();
    }

    /** Checks that were told otherwise. */
    int failed() {
        return failed.get();
    }

    /** Checks that wait, or have waited until they gave up. */
    int unanswered() {
        return unanswered.get();
    }

    /** To checks from now on. */
    void answer(String text) {
        answer = text;
    }

    /** Tells those that wait, and others from now on, that all is not well. */
    void fail() throws IOException {
        answer = SORRY;
        for (Socket check = waiting.poll(); check != null; check = waiting.poll()) {
            say(check, SORRY);
        }
    }

    /** Waits until this many more checks have passed here: time enough for another server's checks that are as frequent. */
    void awaitPassed(int more) {
        int wanted = passed() + more;
        Patience.await().until(() -> passed() >= wanted);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket check = listener.accept();
                new BehaviourPeer(check).readHead();
                String said = answer;
                if (said.isEmpty()) {
                    unanswered.incrementAndGet();
                    waiting.add(check);
                } else {
                    say(check, said);
                }
            } catch (IOException e) {
                // closed, or a check that gave up
            }
        }
    }

    /** Counts first: who sees the effect of an answer finds it counted. */
    private void say(Socket check, String text) throws IOException {
        (text.equals(OK) ? passed : failed).incrementAndGet();
        try (check) {
            check.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket check : waiting) {
            check.close();
        }
    }
}
