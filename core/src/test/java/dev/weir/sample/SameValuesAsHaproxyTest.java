package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.log.LineWriter;
import dev.weir.log.LogFormatParser;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evaluates the expressions of {@code expressions.txt} here and by HAProxy, in one session each and in order, and compares.
 */
class SameValuesAsHaproxyTest {
    private static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());

    private final TestContext context = new TestContext();

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldGiveTheSameValues(@TempDir Path folder) throws Exception {
        String program = HaproxyProbe.program();

        for (List<String> group : groups()) {
            List<String> expected = HaproxyProbe.ask(program, folder, List.of(), group);
            List<String> theirs = new ArrayList<>();
            List<String> ours = new ArrayList<>();
            Stream stream = endedStream();
            LineWriter line = new LineWriter(new Scratch(1));
            for (int i = 0; i < group.size(); i++) {
                theirs.add(group.get(i) + " => " + expected.get(i));
                ours.add(group.get(i) + " => " + ownValue(group.get(i), stream, line));
            }
            assertThat(ours).containsExactlyElementsOf(theirs);
        }
    }

    /** HAProxy's defaults of optional arguments leak from one converter to others, so has_ctl has a process of its own. */
    private static List<List<String>> groups() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            all.append(String.format("%02X", i));
        }
        try (var in = SameValuesAsHaproxyTest.class.getResourceAsStream("expressions.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("HX", all);
            List<List<String>> groups = new ArrayList<>();
            for (String group : text.split("\n\n")) {
                groups.add(group.lines().toList());
            }
            return groups;
        }
    }

    /** The session as HAProxy sees it: from loopback, to a server that refuses. */
    private Stream endedStream() {
        context.hook = Hook.LOG;
        Stream stream = context.process.stream();
        stream.clientSide().connectionSource().ipv4(0x7F000001, 1234);
        stream.clientSide().connectionDestination().ipv4(0x7F000001, 443);
        stream.backend(context.process.backend);
        stream.server(context.process.server);
        context.process.frontend.name = "fe";
        context.process.backend.id = 2;
        context.tests.put("TRUE", (any, scratch) -> Verdict.PASS);
        context.tests.put("FALSE", (any, scratch) -> Verdict.FAIL);
        stream.ended(Cause.SERVER, Phase.CONNECT);
        return stream;
    }

    private String ownValue(String expression, Stream stream, LineWriter line) {
        try {
            ByteWriter out = new ByteWriter(64, 65_535);
            new LogFormatParser(EXPRESSIONS)
                    .parse("%[" + expression + "]", context)
                    .write(stream, line, out);
            return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
        } catch (ParseProblem problem) {
            return problem.getMessage();
        }
    }
}
