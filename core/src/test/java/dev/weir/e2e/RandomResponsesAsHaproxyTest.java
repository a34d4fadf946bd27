package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * As {@link RandomExpressionsAsHaproxyTest}, with what comes after a request: rules on responses of a backend's servers, rules on all
 * responses, and log lines, also of requests that no server answers. {@code -Dweir.responses} says how many expressions, {@code
 * -Dweir.expressions.seed} which.
 */
@DisplayName("HTTP: random expressions about responses as HAProxy")
final class RandomResponsesAsHaproxyTest {
    private static final int EXPRESSIONS = Integer.getInteger("weir.responses", 40);
    private static final int EXCHANGES = 20;
    private static final String BETWEEN = "<|>";
    private static final Pattern FAULTY = Pattern.compile("\\[ALERT].*\\[haproxy\\.cfg:(\\d+)]");

    private static final String CAPTURES = """
            listen p@i@
                capture request header X-A len 20
                capture request header X-B len 20
                capture response header X-A len 20
                capture response header X-B len 20
            """;
    private static final String NAMED =
            new Places(List.of(), List.of(), List.of()).configuration().replaceAll("@\\w+@", "1");

    /** Where expressions stand: a line for each one, or a place in the format of the log. */
    private record Places(List<String> ofResponse, List<String> ofAll, List<String> ofLog) {
        String configuration() {
            return """
                    global
                        nbthread 1
                        log 127.0.0.1:@log@ len 65000 local0
                    defaults
                        mode http
                        log global
                        option http-server-close
                        timeout client 20s
                        timeout server 20s
                        timeout connect 5s
                    backend names
                        stick-table type string len 8 size 1k expire 1h store gpt0,server_id
                    backend addresses
                        stick-table type ip size 1k expire 1h store gpt0
                    backend clients
                        stick-table type ip size 1k expire 1h store http_req_cnt,http_err_cnt,http_fail_cnt,conn_cur
                    backend nobody
                    frontend fe
                        bind 127.0.0.1:@fe@ name li
                        unique-id-format id-%[req.hdr(x-a)]
                        capture request header X-A len 20
                        capture request header X-B len 20
                        capture response header X-A len 20
                        capture response header X-B len 20
                        http-request track-sc0 src table clients
                        http-request set-var(txn.a) req.hdr(x-a)
                        http-request set-var(req.c) str(c)
                        http-request deny if { path /deny }
                        http-request return status 200 content-type a/b string yes hdr X-B 7 if { path /return }
                        use_backend nobody if { path /nobody }
                    """ + lines("http-after-response", "b", ofAll)
                    + """
                        log-format 'FORMAT'
                        default_backend be
                    backend be
                        http-response set-var(res.b) res.hdr(x-b)
                    """.replace("FORMAT", format().replace("'", "'\\''"))
                    + lines("http-response", "a", ofResponse)
                    + "    server s1 127.0.0.1:@s1@\n";
        }

        private static String lines(String ruleSet, String prefix, List<String> expressions) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < expressions.size(); i++) {
                lines.append("    " + ruleSet + " set-var-fmt(txn." + prefix + i + ") '%["
                        + expressions.get(i).replace("'", "'\\''") + "]'\n");
            }
            return lines.toString();
        }

        private String format() {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < ofResponse.size(); i++) {
                parts.add("%[var(txn.a" + i + ")]");
            }
            for (int i = 0; i < ofAll.size(); i++) {
                parts.add("%[var(txn.b" + i + ")]");
            }
            ofLog.forEach(expression -> parts.add("%[" + expression + "]"));
            return parts.isEmpty() ? "-" : String.join(BETWEEN, parts);
        }

        /** What the parts of a line are the values of. */
        List<String> labels() {
            List<String> labels = new ArrayList<>();
            ofResponse.forEach(expression -> labels.add("http-response " + expression));
            ofAll.forEach(expression -> labels.add("http-after-response " + expression));
            ofLog.forEach(expression -> labels.add("log " + expression));
            return labels;
        }
    }

    /** @param response null if no server is asked */
    private record Ask(String request, String response) {}

    @Test
    @Timeout(value = 600, unit = TimeUnit.SECONDS)
    void shouldAgree(@TempDir Path folder) throws Exception {
        assumeTrue(BehaviourEngine.HAPROXY.absence().isEmpty(), "no HAProxy 3.x");
        long seed = Long.getLong("weir.expressions.seed", 1);
        System.out.println("random responses: -Dweir.expressions.seed=" + seed);
        RandomExpressions random = new RandomExpressions(seed);
        RandomResponses responses = new RandomResponses(random);
        List<String> made = new ArrayList<>();
        List<String> madeForLog = new ArrayList<>();
        for (int i = 0; i < EXPRESSIONS; i++) {
            made.add(responses.expressionOfResponse());
            madeForLog.add(responses.expressionOfEnd());
        }
        Places places = new Places(
                accepted(made, false, folder), accepted(made, false, folder), accepted(madeForLog, true, folder));
        List<Ask> asks = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            asks.add(ask(random, responses));
        }

        assertThat(lines(BehaviourEngine.WEIR, places, asks))
                .containsExactlyElementsOf(lines(BehaviourEngine.HAPROXY, places, asks));
    }

    private static Ask ask(RandomExpressions random, RandomResponses responses) {
        String own = random.oneOf(List.of("", "", "", "", "/deny", "/nobody", "/return"));
        String request = random.request("0").replaceFirst("X-Key", "Connection: close\r\nX-Key");
        return own.isEmpty()
                ? new Ask(
                        request, random.oneOf(List.of(0, 1, 2, 3, 4)) == 0 ? "nonsense\r\n\r\n" : responses.response())
                : new Ask(request.replaceFirst(" \\S+ HTTP", " " + own + " HTTP"), null);
    }

    /** The expressions that HAProxy takes, which have to be those that Weir takes. */
    private static List<String> accepted(List<String> made, boolean isLog, Path folder) throws Exception {
        TreeMap<Integer, String> accepted = new TreeMap<>();
        for (int i = 0; i < made.size(); i++) {
            if (isAcceptedByHaproxy(check(List.of(made.get(i)), isLog), folder)) {
                accepted.put(i, made.get(i));
            }
        }
        Set<Integer> faulty = faultyForWeir(check(made, isLog), folder);
        List<String> acceptedByWeir = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            if (!faulty.contains(lineOf(i))) {
                acceptedByWeir.add(made.get(i));
            }
        }
        assertThat(acceptedByWeir).containsExactlyElementsOf(accepted.values());
        return acceptedByWeir;
    }

    /** A proxy for each expression, whose last line has it, behind what they may name. */
    private static String check(List<String> expressions, boolean isLog) {
        StringBuilder text = new StringBuilder(NAMED);
        for (int i = 0; i < expressions.size(); i++) {
            text.append(CAPTURES.replace("@i@", Integer.toString(i)))
                    .append(isLog ? "    log-format " : "    http-response set-var-fmt(txn.x) ")
                    .append("'%[" + expressions.get(i).replace("'", "'\\''") + "]'\n");
        }
        return text.toString();
    }

    /** Where {@link #check} has the expression of that number, from 1. */
    private static int lineOf(int index) {
        return (int) (NAMED.lines().count() + (index + 1) * (CAPTURES.lines().count() + 1));
    }

    private static boolean isAcceptedByHaproxy(String text, Path folder) throws Exception {
        Path file = Configurations.file(folder, text);
        Process process = new ProcessBuilder(BehaviourEngine.haproxy().orElseThrow(), "-c", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    private static Set<Integer> faultyForWeir(String text, Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("haproxy.cfg"));
        Configurations.file(folder, text);
        try (var weir = Weir.start(folder, "-c", "-f", "haproxy.cfg")) {
            weir.exitStatus();
            return FAULTY.matcher(weir.errors())
                    .results()
                    .map(match -> Integer.valueOf(match.group(1)))
                    .collect(Collectors.toSet());
        }
    }

    /** Each value of each line, with what it is the value of. */
    private static List<String> lines(BehaviourEngine engine, Places places, List<Ask> asks) throws Exception {
        List<String> values = new ArrayList<>();
        List<String> labels = places.labels();
        try (var scene = new BehaviourScene(engine)) {
            var origin = scene.origin("s1");
            scene.startWhole(places.configuration());
            for (Ask ask : asks) {
                String[] parts = line(scene, origin, ask).split(Pattern.quote(BETWEEN), -1);
                assertThat(parts).hasSameSizeAs(labels);
                for (int i = 0; i < parts.length; i++) {
                    values.add(labels.get(i) + " for " + ask + " => " + parts[i]);
                }
            }
        }
        return values;
    }

    private static String line(BehaviourScene scene, BehaviourOrigin origin, Ask ask) throws IOException {
        try (var client = scene.client("fe").send(ask.request())) {
            if (ask.response() != null) {
                origin.accept().answer(ask.response()).close();
            }
            client.rest();
        }
        return scene.log();
    }
}
