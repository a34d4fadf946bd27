package dev.weir.bench.origin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OriginTest {
    @TempDir
    Path folder;

    private Origin origin;
    private OriginCounters counters;

    @BeforeEach
    void start() throws TransportException {
        origin = new Origin(0, 1, folder.resolve("counters"));
        counters = OriginCounters.open(folder.resolve("counters"));
    }

    @AfterEach
    void stop() {
        origin.close();
    }

    /** Sends all, then reads until the origin ends the connection. */
    private String conversation(String requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.port())) {
            Thread sender = Thread.startVirtualThread(() -> {
                try {
                    socket.getOutputStream().write(requests.getBytes(US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            sender.join();
            return answers;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
    }

    @Test
    void shouldAnswerWithAsManyBytesAsThePathSays() throws IOException {
        String answer = conversation(get("/1k", "Connection: close\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\nContent-Length: 1024\r\n\r\nabc");
        assertThat(answer.length() - answer.indexOf("\r\n\r\n") - 4).isEqualTo(1024);
    }

    @Test
    void shouldAnswerRequestsThatComeTogetherInOrder() throws IOException {
        String answers = conversation(
                get("/1", "").repeat(500) + get("/20k", "") + get("/3", "") + get("/2", "Connection: close\r\n"));

        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(504);
        assertThat(answers.indexOf("Content-Length: 20480")).isLessThan(answers.indexOf("Content-Length: 3\r"));
        assertThat(answers).endsWith("Content-Length: 2\r\n\r\nab");
        assertThat(counters.read().requests()).isEqualTo(503);
    }

    @Test
    void shouldTakeUploadsAndCountTheirBytes() throws IOException {
        String upload =
                "POST /2 HTTP/1.1\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n" + "x".repeat(1_000_000);

        String answer = conversation(upload);

        assertThat(answer).endsWith("\r\n\r\nab");
        OriginFigures figures = counters.read();
        assertThat(figures.bytesIn()).isEqualTo(1_000_000);
        assertThat(figures.bytesOut()).isEqualTo(answer.length());
        assertThat(figures.connections()).isEqualTo(1);
    }

    @Test
    void shouldTellAClientThatAsksFirstToGoOn() throws IOException {
        String answer = conversation(
                "POST /1 HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\nabc");

        assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK");
    }

    @Test
    void shouldKnowNoOtherPath() throws IOException {
        assertThat(conversation(get("/x", "Connection: close\r\n"))).startsWith("HTTP/1.1 404");
        assertThat(conversation(get("/99999m", "Connection: close\r\n"))).startsWith("HTTP/1.1 404");
    }

    @Test
    void shouldReadAHeadThatComesInPieces() throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.port())) {
            socket.setTcpNoDelay(true);
            for (byte one : get("/5", "Connection: close\r\n").getBytes(US_ASCII)) {
                socket.getOutputStream().write(one);
            }

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .endsWith("\r\n\r\nabcde");
        }
    }
}
