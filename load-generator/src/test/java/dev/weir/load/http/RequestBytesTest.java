package dev.weir.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.load.http.RequestBytes.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBytesTest {
    private final RequestBytes.Parts parts = new RequestBytes.Parts();

    private String wire() {
        parts.target = "/a?b";
        parts.host = "example:8080";
        RequestBytes request = RequestBytes.of(parts);
        return request.wire().getStringWithoutLengthAscii(0, request.length());
    }

    @Test
    void shouldWriteTheLeastThatIsARequest() {
        assertThat(wire()).isEqualTo("GET /a?b HTTP/1.1\r\nHost: example:8080\r\n\r\n");
    }

    @Test
    void shouldWriteTheBodysLength() {
        parts.method = "POST";
        parts.body = "x=1".getBytes(StandardCharsets.US_ASCII);
        parts.closes = true;

        assertThat(wire())
                .isEqualTo(
                        "POST /a?b HTTP/1.1\r\nHost: example:8080\r\nContent-Length: 3\r\nConnection: close\r\n\r\nx=1");
    }

    @Test
    void shouldLetTheUsersHeadersReplaceItsOwn() {
        parts.method = "PUT";
        parts.closes = true;
        parts.headers =
                List.of(new Header("host", "other"), new Header("content-length", "0"), new Header("CONNECTION", "x"));

        assertThat(wire()).isEqualTo("PUT /a?b HTTP/1.1\r\nhost: other\r\ncontent-length: 0\r\nCONNECTION: x\r\n\r\n");
    }
}
