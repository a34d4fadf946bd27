package dev.weir.e2e;

import static dev.weir.e2e.BehaviourHttpTest.PREAMBLE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random expressions and requests for Weir and HAProxy: both refuse an expression, or both give the same answers.
 * {@code -Dweir.expressions} says how many, {@code -Dweir.expressions.seed} which; the usual run makes the same ones each time.
 */
@DisplayName("HTTP: random expressions as HAProxy")
final class RandomExpressionsAsHaproxyTest {
    private static final int EXPRESSIONS = Integer.getInteger("weir.expressions", 60);
    private static final int REQUESTS_EACH = 4;
    private static final Pattern FAULTY = Pattern.compile("\\[ALERT].*\\[haproxy\\.cfg:(\\d+)]");
    private static final String RULES = """
            backend names
                stick-table type string len 8 size 1k expire 1h store gpt0,server_id
            backend addresses
                stick-table type ip size 1k expire 1h store gpt0
            frontend web
                bind 127.0.0.1:@fe@
                http-request set-var(txn.text) req.hdr(x-a)
                http-request set-var(txn.number) int(3)
                http-request set-var(txn.yes) bool(true)
                http-request set-var(txn.address) src
                http-request set-var(txn.bytes) bin(00ff0041)
                http-request set-var(txn.method) method
            """;

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void shouldAgree(@TempDir Path folder) throws Exception {
        assumeTrue(BehaviourEngine.HAPROXY.absence().isEmpty(), "no HAProxy 3.x");
        long seed = Long.getLong("weir.expressions.seed", 1);
        System.out.println("random expressions: -Dweir.expressions.seed=" + seed);
        RandomExpressions random = new RandomExpressions(seed);
        TreeMap<Integer, String> made = new TreeMap<>();
        for (int i = 0; i < EXPRESSIONS; i++) {
            made.put(i, random.next());
        }
        TreeMap<Integer, String> accepted = acceptedByHaproxy(made, folder);
        assertThat(acceptedByWeir(made, folder)).containsExactlyInAnyOrderElementsOf(accepted.values());

        List<String> requests = new ArrayList<>();
        for (int key : accepted.keySet()) {
            for (int i = 0; i < REQUESTS_EACH; i++) {
                requests.add(random.request(Integer.toString(key)));
            }
        }
        assertThat(answers(BehaviourEngine.WEIR, accepted, requests))
                .containsExactlyElementsOf(answers(BehaviourEngine.HAPROXY, accepted, requests));
    }

    private static String configuration(TreeMap<Integer, String> expressions) {
        StringBuilder text = new StringBuilder(PREAMBLE).append(RULES);
        expressions.forEach(
                (key, expression) -> text.append("    http-request return status 200 content-type a/b lf-string '[%["
                        + expression.replace("'", "'\\''") + "]]' if { req.hdr(x-key) " + key + " }\n"));
        return text.toString();
    }

    /** It stops at the first fault, so each expression has a file of its own. */
    private static TreeMap<Integer, String> acceptedByHaproxy(TreeMap<Integer, String> made, Path folder)
            throws Exception {
        TreeMap<Integer, String> accepted = new TreeMap<>();
        for (var one : made.entrySet()) {
            Path file = write(folder, new TreeMap<>(Map.of(one.getKey(), one.getValue())));
            Process process = new ProcessBuilder(BehaviourEngine.haproxy().orElseThrow(), "-c", "-f", file.toString())
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            if (process.waitFor() == 0) {
                accepted.put(one.getKey(), one.getValue());
            }
        }
        return accepted;
    }

    /** It names all lines with faults at once. */
    private static List<String> acceptedByWeir(TreeMap<Integer, String> made, Path folder) throws IOException {
        List<String> lines = Files.readAllLines(write(folder, made));
        try (var weir = Weir.start(folder, "-c", "-f", "haproxy.cfg")) {
            weir.exitStatus();
            Set<Integer> faulty = FAULTY.matcher(weir.errors())
                    .results()
                    .map(match -> Integer.valueOf(match.group(1)))
                    .collect(Collectors.toSet());
            List<String> accepted = new ArrayList<>();
            made.forEach((key, expression) -> {
                int line = lines.size() - made.size() + made.headMap(key).size() + 1;
                if (!faulty.contains(line)) {
                    accepted.add(expression);
                }
            });
            return accepted;
        }
    }

    private static Path write(Path folder, TreeMap<Integer, String> expressions) {
        return Configurations.file(folder, configuration(expressions).replaceAll("@\\w+@", "1"));
    }

    private static List<String> answers(
            BehaviourEngine engine, TreeMap<Integer, String> expressions, List<String> requests) throws Exception {
        List<String> answers = new ArrayList<>();
        try (var scene = new BehaviourScene(engine)) {
            scene.startWhole(configuration(expressions));
            var client = scene.client("fe");
            for (String request : requests) {
                client.send(request);
                String head = client.readHead();
                int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
                int key = Integer.parseInt(request.replaceAll("(?s).*X-Key: (\\d+).*", "$1"));
                answers.add(expressions.get(key) + " for " + request + " => "
                        + new String(client.read(length), ISO_8859_1));
            }
        }
        return answers;
    }
}
