package dev.weir.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the tables' requests, and some thousand that were made of the first one's by random changes, to an nginx. Where it takes what Weir
 * refuses, or the other way round, {@code nginx-differences.txt} must have the reason.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SameVerdictsAsNginxTest {
    private static final long SEED = 20261126;
    private static final int MUTATIONS = 3000;

    /** A line of the table: what Weir says, what nginx answers, what the request looks like; the rest of the line is the reason. */
    private record Difference(String verdict, Pattern answer, Pattern request) {
        boolean explains(String weir, String nginx, String message) {
            return (verdict.equals("*") || verdict.equals(weir))
                    && answer.matcher(nginx).matches()
                    && request.matcher(message).find();
        }
    }

    @Test
    void shouldDifferForAReason(@TempDir Path folder) throws Exception {
        assumeTrue(MessageNginx.program().isPresent(), "no nginx");
        List<byte[]> requests = new ArrayList<>();
        List<MessageCase> cases = MessageCase.read("request-cases.txt");
        MessageCase.requests().forEach(message -> requests.add(message.bytes()));
        requests.addAll(new Mutations(cases, SEED).next(MUTATIONS));

        List<Difference> known = known();
        List<String> unexplained = new ArrayList<>();
        List<String> answers = answers(requests, folder);
        for (int i = 0; i < answers.size(); i++) {
            String weir = new Judge().request(requests.get(i));
            String nginx = answers.get(i);
            String text = new String(requests.get(i), StandardCharsets.ISO_8859_1);
            if (differs(weir, nginx) && known.stream().noneMatch(one -> one.explains(weir, nginx, text))) {
                unexplained.add(weir + ' ' + nginx + ' ' + escaped(text));
            }
        }

        assertThat(unexplained).as("seed " + SEED).isEmpty();
    }

    private static List<String> answers(List<byte[]> requests, Path folder) throws Exception {
        try (var nginx = new MessageNginx(MessageNginx.program().orElseThrow(), folder);
                ExecutorService clients = Executors.newFixedThreadPool(16)) {
            var waiting = requests.stream()
                    .map(request -> clients.submit(() -> nginx.ask(request)))
                    .toList();
            List<String> answers = new ArrayList<>();
            for (var answer : waiting) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    /** Whether one takes what the other does not; how a refusal is worded does not matter. */
    private static boolean differs(String weir, String nginx) {
        return switch (weir) {
            case MessageCase.OK -> !nginx.equals("200");
            case MessageCase.INCOMPLETE -> !nginx.equals("none");
            default -> nginx.equals("200");
        };
    }

    private static List<Difference> known() throws IOException {
        try (var in = SameVerdictsAsNginxTest.class.getResourceAsStream("nginx-differences.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+", 4))
                    .map(words -> new Difference(
                            words[0], Pattern.compile(words[1]), Pattern.compile(words[2], Pattern.DOTALL)))
                    .toList();
        }
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        for (char c : text.toCharArray()) {
            out.append(
                    switch (c) {
                        case '\r' -> "\\r";
                        case '\n' -> "\\n";
                        default -> c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c);
                    });
        }
        return out.length() > 300 ? out.substring(0, 300) + "..." : out.toString();
    }
}
