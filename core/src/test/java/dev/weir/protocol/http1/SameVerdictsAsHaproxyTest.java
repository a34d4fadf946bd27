package dev.weir.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.HaproxyProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends the tables' messages through a HAProxy and compares its answers with what the tables say of it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SameVerdictsAsHaproxyTest {
    @Test
    void shouldAnswerRequestsAsTheTableSays(@TempDir Path folder) throws Exception {
        String program = HaproxyProbe.program();
        try (var haproxy = MessageHaproxy.answering(program, folder)) {
            compare(MessageCase.requests(), true, (message, isTolerant) -> haproxy.ask(message.bytes(), isTolerant));
        }
    }

    @Test
    void shouldAnswerResponsesAsTheTableSays(@TempDir Path folder) throws Exception {
        String program = HaproxyProbe.program();
        try (var origin = new RawOrigin();
                var haproxy = MessageHaproxy.inFrontOf(program, folder, origin.port())) {
            compare(
                    MessageCase.read("response-cases.txt"),
                    false,
                    (message, isTolerant) -> haproxy.ask(origin.requestFor(message.bytes()), isTolerant));
        }
    }

    @FunctionalInterface
    private interface Question {
        String ask(MessageCase message, boolean isTolerant) throws IOException;
    }

    private static void compare(List<MessageCase> cases, boolean isRequest, Question question) throws Exception {
        List<String> expected = new ArrayList<>();
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            for (MessageCase message : cases) {
                for (boolean isTolerant : new boolean[] {false, true}) {
                    String status = message.haproxyStatus(isTolerant, isRequest);
                    if (status != null) {
                        String label = message.name() + (isTolerant ? " (tolerant): " : ": ");
                        expected.add(label + status);
                        answers.add(clients.submit(() -> label + status(question.ask(message, isTolerant))));
                    }
                }
            }
        }
        List<String> actual = new ArrayList<>();
        for (Future<String> answer : answers) {
            actual.add(answer.get());
        }
        assertThat(actual).containsExactlyElementsOf(expected);
    }

    /** Of {@code HTTP/1.1 200 OK}: the second word. Of nothing: none. */
    private static String status(String answer) {
        String[] words = answer.split("[ \r\n]+", 3);
        return answer.isEmpty() ? "none" : words.length > 1 ? words[1] : answer;
    }
}
