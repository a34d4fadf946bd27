package dev.weir.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HeadParserTest {
    private final MessageHead head = Wire.head();

    private int parse(String text) {
        var parser = new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
        byte[] bytes = Wire.bytes(text);
        return parser.parse(Wire.buffer(bytes), bytes.length, head);
    }

    @Test
    void shouldReadARequest() {
        String text =
                "GET /a/b?c=d HTTP/1.1\r\nHost: example.com:8080\r\nX-Long-Enough_Name:\t a b \r\nEmpty:\r\n\r\nBODY";

        int length = parse(text);

        assertThat(length).isEqualTo(text.length() - "BODY".length());
        assertThat(head.text(head.method())).isEqualTo("GET");
        assertThat(head.text(head.target())).isEqualTo("/a/b?c=d");
        assertThat(head.version()).isEqualTo(MessageHead.HTTP_1_1);
        assertThat(head.fieldCount()).isEqualTo(3);
        assertThat(head.text(head.value(head.find(FieldName.HOST, 0)))).isEqualTo("example.com:8080");
        assertThat(head.text(head.value(head.find(FieldName.of("x-long-enough_name"), 0))))
                .isEqualTo("a b");
        assertThat(head.text(head.value(head.find(FieldName.of("empty"), 0)))).isEmpty();
    }

    @Test
    void shouldReadAResponse() {
        String text = "HTTP/1.0 404 Not Found\r\nServer: x\r\n\r\n";
        var parser = new ResponseHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);

        int length = parser.parse(Wire.buffer(Wire.bytes(text)), text.length(), head);

        assertThat(length).isEqualTo(text.length());
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.text(head.reason())).isEqualTo("Not Found");
        assertThat(head.version()).isEqualTo(MessageHead.HTTP_1_0);
        assertThat(head.fieldCount()).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSameForMemoryOfTheHeap() {
        String text = "\r\nPOST http://a:80/b HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 5\r\n\r\n";
        var parser = new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);

        int length = parser.parse(new UnsafeBuffer(Wire.bytes(text)), text.length(), head);
        String ofTheHeap = Wire.describe(head);
        head.clear();

        assertThat(parse(text)).isEqualTo(length).isEqualTo(text.length());
        assertThat(Wire.describe(head)).isEqualTo(ofTheHeap);
    }

    @Test
    void shouldAskForMoreUntilTheHeadIsWhole() {
        String text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        var parser = new RequestHeadParser(Wire.HEAD_BYTES_MAX, Wire.HEADERS_MAX);
        var buffer = Wire.buffer(Wire.bytes(text));

        for (int length = 0; length < text.length(); length++) {
            assertThat(parser.parse(buffer, length, head)).isEqualTo(HeadParser.INCOMPLETE);
        }

        assertThat(parser.parse(buffer, text.length(), head)).isEqualTo(text.length());
    }

    @Test
    void shouldRefuseWhatIsNoHttpAtTheFirstByte() {
        assertThat(HeadFault.of(parse("\u0016\u0003\u0001"))).isEqualTo(HeadFault.BAD_METHOD);
    }
}
