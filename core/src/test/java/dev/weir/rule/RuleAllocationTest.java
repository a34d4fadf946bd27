package dev.weir.rule;

import static dev.weir.sample.Allocation.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acl.AclBook;
import dev.weir.acl.ConditionParser;
import dev.weir.log.LineWriter;
import dev.weir.log.LogFormat;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Words;
import dev.weir.sample.fetch.ClientHellos;
import dev.weir.stream.Stream;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RuleAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());
    private static final LogFormatParser FORMATS = new LogFormatParser(EXPRESSIONS);

    private final TestContext context = new TestContext();
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();

    @Test
    void shouldEvaluateRulesOnTheServerNameWithoutAllocating() throws ParseProblem {
        context.hook = Hook.REQUEST;
        ConditionParser conditions = new ConditionParser(new AclBook(EXPRESSIONS));
        TcpRuleParser parser =
                new TcpRuleParser(TcpRuleSet.REQUEST_CONTENT, EXPRESSIONS, FORMATS, conditions, RuleResources.NONE);
        for (String line : List.of(
                "reject if { src 10.0.0.0/8 203.0.113.0/24 2001:db8::/32 }",
                "set-var(sess.sni) req.ssl_sni,lower",
                "reject if { req.ssl_sni -m end .bad.example } or { req.ssl_sni -m reg ^x[0-9]+\\. }",
                "reject if { req.ssl_alpn acme-tls/1 }",
                "accept if { req.ssl_hello_type 1 } { req.ssl_sni -i www.example.com api.example.com }",
                "reject")) {
            parser.add(Words.of(line.split(" +")), context);
        }
        TcpRules rules = parser.build();
        byte[] hello = ClientHellos.record("WWW.example.com", List.of("h2", "http/1.1"));
        UnsafeBuffer input = new UnsafeBuffer(hello);

        assertAllocatesNothing(ROUNDS, () -> {
            context.process.start(stream);
            stream.request().show(input, hello.length, false, false);
            if (rules.evaluate(stream, scratch, false) != RuleResult.ACCEPT) {
                throw new AssertionError("not accepted");
            }
        });
    }

    @Test
    void shouldWriteTheTcpLogWithoutAllocating() throws ParseProblem {
        context.hook = Hook.LOG;
        stream.backend(context.process.backend);
        stream.server(context.process.server);
        LogFormat tcp = FORMATS.parse(LogFormat.TCP + " %[src,ipmask(24)] %[var(sess.x)] %[date,ltime(%Y)]", context);
        LineWriter line = LineWriter.of(scratch);
        ByteWriter out = new ByteWriter(64, 4096);

        assertAllocatesNothing(ROUNDS, () -> tcp.write(stream, line, out.clear()));

        assertThat(out.length()).isGreaterThan(60);
    }
}
