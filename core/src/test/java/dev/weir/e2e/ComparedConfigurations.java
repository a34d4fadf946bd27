package dev.weir.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/**
 * Many small configurations in one, and what a proxy makes of requests to each of them: what its client gets, what its servers see, and
 * what it logs. Each request has a connection of its own, which the proxy closes, so that everything is there when it is looked at.
 */
final class ComparedConfigurations {
    private static final Pattern CHUNKED = Pattern.compile("(?is)transfer-encoding: chunked.*?\r\n\r\n");
    private static final Pattern COOKIE = Pattern.compile("(?i)\nset-cookie: ([^=;\r]+)=([^;\r]*)");
    /** When a client was given its cookie: six bits a character. */
    private static final Pattern DATE = Pattern.compile("\\|[\\w/+-]{5}(?![\\w/+-])");

    /** Where a request shall have the cookies that its client was given so far. */
    static final String JAR = "<jar>";

    /** A request to the frontend of that name. */
    record Ask(String frontend, String request) {}

    private final String preamble;
    private final List<String> parts = new ArrayList<>();
    private final List<Ask> asks = new ArrayList<>();

    /** @param preamble sections that all have in common */
    ComparedConfigurations(String preamble) {
        this.preamble = preamble;
    }

    void add(String part, List<Ask> itsAsks) {
        parts.add(part);
        asks.addAll(itsAsks);
    }

    /** Whether HAProxy takes one of them, maybe with a warning. */
    boolean isAccepted(String part, Path folder) throws Exception {
        String text = (preamble + part).replaceAll("@\\w+@", "1");
        Path file = Configurations.file(folder, text);
        Process process = new ProcessBuilder(BehaviourEngine.haproxy().orElseThrow(), "-c", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor() != 1;
    }

    /** @param origins by name; ports that no name has refuse connections */
    void assertAsHaproxy(Map<String, RecordingOrigin> origins) throws Exception {
        List<String> expected = outcomes(BehaviourEngine.HAPROXY, origins);
        List<String> found = outcomes(BehaviourEngine.WEIR, origins);
        SoftAssertions.assertSoftly(softly -> {
            for (int i = 0; i < expected.size(); i++) {
                softly.assertThat(found.get(i)).isEqualTo(expected.get(i));
            }
        });
    }

    /** What an engine makes of all requests, one after the other. */
    private List<String> outcomes(BehaviourEngine engine, Map<String, RecordingOrigin> origins) throws Exception {
        List<String> outcomes = new ArrayList<>();
        Map<String, Map<String, String>> jars = new LinkedHashMap<>();
        try (var scene = new BehaviourScene(engine)) {
            origins.forEach((name, origin) -> scene.port(name, origin.port()));
            scene.startWhole(preamble + String.join("", parts));
            for (Ask ask : asks) {
                var jar = jars.computeIfAbsent(ask.frontend, unknown -> new LinkedHashMap<>());
                outcomes.add(outcome(scene, ask, jar, origins));
            }
        }
        return outcomes;
    }

    private static String outcome(
            BehaviourScene scene, Ask ask, Map<String, String> jar, Map<String, RecordingOrigin> origins)
            throws IOException {
        StringBuilder cookies = new StringBuilder();
        jar.forEach(
                (name, value) -> cookies.append(cookies.isEmpty() ? "" : "; ").append(name + "=" + value));
        String request = ask.request.replace(JAR, cookies);
        StringBuilder outcome = new StringBuilder(ask.frontend + " " + ask.request + "\n=> ");
        try (var client = scene.client(ask.frontend).send(request)) {
            String answer = client.rest().replaceFirst("<(FIN|RST)>$", "<end>");
            COOKIE.matcher(answer).results().forEach(cookie -> jar.put(cookie.group(1), cookie.group(2)));
            outcome.append(withoutChunks(answer));
        }
        outcome.append("\nlog: ").append(scene.log());
        origins.forEach(
                (name, origin) -> outcome.append("\n" + name + ": ").append(String.join("\n", origin.takeRequests())));
        return DATE.matcher(outcome).replaceAll("|<date>");
    }

    /** How a body is cut into chunks is nobody's business. */
    private static String withoutChunks(String answer) {
        Matcher chunked = CHUNKED.matcher(answer);
        if (!chunked.find()) {
            return answer;
        }
        StringBuilder whole = new StringBuilder(answer.substring(0, chunked.end()));
        String rest = answer.substring(chunked.end());
        while (rest.matches("(?s)[0-9A-Fa-f]+(;[^\r]*)?\r\n.*")) {
            int start = rest.indexOf("\r\n") + 2;
            int size = Integer.parseInt(rest.substring(0, start - 2).split(";")[0], 16);
            whole.append(rest, start, start + size);
            rest = rest.substring(start + size + (size == 0 ? 0 : 2));
        }
        return whole + "|" + rest;
    }
}
