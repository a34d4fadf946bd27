package dev.weir.acl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.ExpressionParser;
import dev.weir.sample.HaproxyProbe;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Verdict;
import dev.weir.sample.Words;
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

/** Tests the ACLs of {@code acls.txt} here and in HAProxy, and compares. */
class SameVerdictsAsHaproxyTest {
    private final TestContext context = new TestContext();
    private final AclBook acls = new AclBook(new ExpressionParser(SampleNames.standard()));

    SameVerdictsAsHaproxyTest() {
        context.acls = acls;
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldGiveTheSameVerdicts(@TempDir Path folder) throws Exception {
        String program = HaproxyProbe.program();
        List<String> tests = tests();
        List<String> lines = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            lines.add("acl a" + i + " " + quoted(tests.get(i)));
            expressions.add("acl(a" + i + ")");
        }

        List<String> answers = HaproxyProbe.ask(program, folder, lines, expressions);

        List<String> theirs = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            theirs.add(tests.get(i) + " => " + answers.get(i));
            ours.add(tests.get(i) + " => " + verdict("a" + i, tests.get(i)));
        }
        assertThat(ours).containsExactlyElementsOf(theirs);
    }

    private static String quoted(String test) {
        StringBuilder line = new StringBuilder();
        for (String word : test.split(" ")) {
            line.append('\'').append(word).append("' ");
        }
        return line.toString();
    }

    private static List<String> tests() throws IOException {
        try (var in = SameVerdictsAsHaproxyTest.class.getResourceAsStream("acls.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private String verdict(String name, String test) {
        context.hook = Hook.LOG;
        Stream stream = context.process.stream();
        stream.clientSide().connectionSource().ipv4(0x7F000001, 40_000);
        try {
            acls.define(Words.of((name + " " + test).split(" ")), context);
            return acls.find(name, context).test(stream, new Scratch(1)) == Verdict.PASS ? "1" : "0";
        } catch (ParseProblem problem) {
            return problem.getMessage();
        }
    }
}
