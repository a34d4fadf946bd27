package dev.weir.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of cases from the RFCs, HAProxy and published attacks. */
class MessageCasesTest {
    static List<MessageCase> requests() throws IOException {
        return MessageCase.requests();
    }

    static List<MessageCase> responses() throws IOException {
        return MessageCase.read("response-cases.txt");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldJudgeRequests(MessageCase message) {
        assertThat(new Judge().request(message.bytes())).isEqualTo(message.strict());
        assertThat(new Judge().tolerant(true).request(message.bytes())).isEqualTo(message.tolerant());
    }

    @ParameterizedTest
    @MethodSource("responses")
    void shouldJudgeResponses(MessageCase message) {
        assertThat(new Judge().response(message.bytes())).isEqualTo(message.strict());
        assertThat(new Judge().tolerant(true).response(message.bytes())).isEqualTo(message.tolerant());
    }
}
