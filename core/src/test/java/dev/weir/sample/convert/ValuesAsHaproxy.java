package dev.weir.sample.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.log.LineWriter;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.HaproxyProbe;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Expressions that are evaluated here and in HAProxy, which must be at hand. */
final class ValuesAsHaproxy {
    private ValuesAsHaproxy() {}

    /** Fails where values differ. @return lines with each expression, an arrow and its value */
    static List<String> compare(Path folder, List<String> expressions) throws Exception {
        List<String> expected = HaproxyProbe.ask(HaproxyProbe.program(), folder, List.of(), expressions);
        TestContext context = new TestContext();
        context.hook = Hook.LOG;
        List<String> theirs = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            theirs.add(expressions.get(i) + " => " + expected.get(i));
            ours.add(expressions.get(i) + " => " + value(expressions.get(i), context));
        }
        assertThat(ours).containsExactlyElementsOf(theirs);
        return ours;
    }

    private static String value(String expression, TestContext context) throws ParseProblem {
        ByteWriter out = new ByteWriter(64, 65_535);
        new LogFormatParser(new ExpressionParser(SampleNames.standard()))
                .parse("%[" + expression + "]", context)
                .write(context.process.stream(), new LineWriter(new Scratch(1)), out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    /** Bytes as an expression. */
    static String source(byte[] bytes) {
        return "bin(" + HexFormat.of().formatHex(bytes) + ")";
    }
}
