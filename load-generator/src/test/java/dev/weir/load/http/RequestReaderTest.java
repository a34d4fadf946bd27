package dev.weir.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {
    private final RequestReader reader = new RequestReader();

    private int read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return reader.readHead(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "/,-1",
        "/64,64",
        "/16k,16384",
        "/1m,1048576",
        "/1x,-1",
        "/index.html,-1",
        "/12/3,-1",
        "/9999999999,1073741824"
    })
    void shouldReadASizeFromThePath(String path, int bytes) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";

        assertThat(read(request + "GET")).isEqualTo(request.length());
        assertThat(reader.askedBytes()).isEqualTo(bytes);
        assertThat(reader.closes()).isFalse();
    }

    @Test
    void shouldReadWhatConcernsTheConnectionAndTheBody() {
        read("HEAD / HTTP/1.1\r\nConnection: close\r\nContent-Length: 12\r\n\r\n");

        assertThat(reader.isHead()).isTrue();
        assertThat(reader.closes()).isTrue();
        assertThat(reader.bodyBytes()).isEqualTo(12);
    }

    @Test
    void shouldWaitForTheRest() {
        assertThat(read("GET / HTTP/1.1\r\nHost: x\r\n")).isZero();
        assertThat(reader.isBroken()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'nonsense\r\n\r\n'",
        "'GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'",
        "'GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n'"
    })
    void shouldRefuseWhatItCannotRead(String text) {
        assertThat(read(text)).isZero();
        assertThat(reader.isBroken()).isTrue();
    }
}
