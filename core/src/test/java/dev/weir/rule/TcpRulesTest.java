package dev.weir.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.acl.AclBook;
import dev.weir.acl.ConditionParser;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Words;
import dev.weir.stream.FakeBackend;
import dev.weir.stream.LogLevel;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TcpRulesTest {
    private static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());
    private static final LogFormatParser FORMATS = new LogFormatParser(EXPRESSIONS);

    private final TestContext context = new TestContext();
    private final ConditionParser conditions = new ConditionParser(new AclBook(EXPRESSIONS));
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();

    private TcpRules rules(TcpRuleSet set, String... lines) throws ParseProblem {
        context.hook = set.hook();
        TcpRuleParser parser = new TcpRuleParser(set, EXPRESSIONS, FORMATS, conditions, RuleResources.NONE);
        for (String line : lines) {
            context.line++;
            parser.add(Words.of(line.split(" +")), context);
        }
        return parser.build();
    }

    private void receive(String bytes) {
        byte[] input = bytes.getBytes(StandardCharsets.ISO_8859_1);
        stream.request().show(new UnsafeBuffer(input), input.length, false, false);
    }

    @Test
    void shouldStopAtTheFirstRuleThatDecides() throws ParseProblem {
        TcpRules rules = rules(
                TcpRuleSet.REQUEST_CONNECTION,
                "reject if { src 10.0.0.0/8 }",
                "accept if { src 192.0.2.0/24 }",
                "reject");

        assertThat(rules.evaluate(stream, scratch, true)).isEqualTo(RuleResult.ACCEPT);
        assertThat(stream.lastRuleLine()).isEqualTo(14);
    }

    @Test
    void shouldWaitUntilThereIsEnoughToDecide() throws ParseProblem {
        TcpRules rules = rules(TcpRuleSet.REQUEST_CONTENT, "accept if { req.len ge 4 }", "reject if WAIT_END");
        receive("ab");

        assertThat(rules.evaluate(stream, scratch, false)).isEqualTo(RuleResult.WAIT);
        assertThat(rules.evaluate(stream, scratch, true)).isEqualTo(RuleResult.REJECT);

        receive("abcd");
        assertThat(rules.evaluate(stream, scratch, false)).isEqualTo(RuleResult.ACCEPT);
        assertThat(stream.isFinalEvaluation()).isFalse();
    }

    @Test
    void shouldChangeTheConnectionOrOnlyTheStream() throws ParseProblem {
        rules(TcpRuleSet.REQUEST_CONNECTION, "set-src ipv4(10.1.1.1)", "set-dst-port int(8443)")
                .evaluate(stream, scratch, true);
        assertThat(stream.clientSide().connectionSource()).hasToString("10.1.1.1:1234");
        assertThat(stream.clientSide().connectionDestination()).hasToString("198.51.100.1:8443");

        rules(TcpRuleSet.REQUEST_CONTENT, "set-src src,ipmask(8)", "set-src-port int(7)")
                .evaluate(stream, scratch, true);
        assertThat(stream.clientSide().source()).hasToString("10.0.0.0:7");
        assertThat(stream.clientSide().connectionSource()).hasToString("10.1.1.1:1234");
    }

    @Test
    void shouldSetVariablesUnderConditions() throws ParseProblem {
        TcpRules rules = rules(
                TcpRuleSet.REQUEST_SESSION,
                "set-var(sess.a) src_port",
                "set-var(sess.a,ifnotexists) int(1)",
                "set-var-fmt(sess.b) a-%[src]-%fp",
                "set-var(sess.c) int(1)",
                "unset-var(sess.c)",
                "reject if !{ var(sess.a) -m int 1234 }",
                "reject if !{ var(sess.b) -m str a-192.0.2.7-443 }",
                "reject if { var(sess.c) -m found }");

        assertThat(rules.evaluate(stream, scratch, true)).isEqualTo(RuleResult.CONTINUE);
        assertThat(scratch.lentCount()).isZero();
    }

    @Test
    void shouldGoOnBehindTheProxyHeader() throws ParseProblem {
        TcpRules rules = rules(
                TcpRuleSet.REQUEST_CONNECTION,
                "expect-proxy layer4 if { src 192.0.2.7 }",
                "reject if { src 203.0.113.9 }");

        assertThat(rules.evaluate(stream, scratch, true)).isEqualTo(RuleResult.EXPECT_PROXY);

        stream.clientSide().connectionSource().ipv4(0xCB007109, 1);
        assertThat(rules.resume(stream, scratch)).isEqualTo(RuleResult.REJECT);
    }

    @Test
    void shouldKnowWithWhichTimeToLiveToReset() throws ParseProblem {
        rules(TcpRuleSet.REQUEST_CONTENT, "silent-drop rst-ttl 255").evaluate(stream, scratch, true);

        assertThat(stream.clientSide().resetTtl()).isEqualTo(255);
        for (String refused : List.of("", " 0", " 256", " 1k", " if TRUE")) {
            assertThatThrownBy(() -> rules(TcpRuleSet.REQUEST_CONTENT, "silent-drop rst-ttl" + refused))
                    .as(refused)
                    .isInstanceOf(ParseProblem.class);
        }
    }

    @Test
    void shouldAnswerTheOtherVerdicts() throws ParseProblem {
        assertThat(rules(TcpRuleSet.REQUEST_CONTENT, "silent-drop").evaluate(stream, scratch, true))
                .isEqualTo(RuleResult.SILENT_DROP);
        assertThat(rules(TcpRuleSet.RESPONSE_CONTENT, "close if TRUE").evaluate(stream, scratch, true))
                .isEqualTo(RuleResult.CLOSE);
        rules(TcpRuleSet.REQUEST_CONTENT, "set-log-level silent").evaluate(stream, scratch, true);
        assertThat(stream.logLevel()).isEqualTo(LogLevel.SILENT);
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        assertThatThrownBy(() -> rules(TcpRuleSet.REQUEST_CONTENT, "use-service x"))
                .hasMessage("'tcp-request content use-service' is known but not supported by this version");
        assertThatThrownBy(() -> rules(TcpRuleSet.REQUEST_CONTENT, "do-resolve(txn.a,r) src"))
                .hasMessageEndingWith("Proxy 'fe': Can't find resolvers section 'r' for do-resolve action");
        assertThatThrownBy(() -> rules(TcpRuleSet.REQUEST_CONTENT, "do-resolve(txn.a,r,ipv9) src"))
                .hasMessageContaining("Can't parse 'do-resolve(txn.a,r,ipv9)'. Expects 'do-resolve(<varname>,");
        assertThatThrownBy(() -> rules(TcpRuleSet.REQUEST_SESSION, "close")).hasMessageContaining("got 'close'");
        assertThatThrownBy(() -> rules(TcpRuleSet.REQUEST_SESSION, "reject now"))
                .hasMessageContaining("expects 'if' or 'unless'");
        assertThatThrownBy(() -> rules(TcpRuleSet.REQUEST_CONNECTION, "set-var(txn.a) req.len"))
                .hasMessageContaining("'request buffer'");
    }

    @Test
    void shouldChooseTheBackendByNameOrFormat() throws ParseProblem {
        FakeBackend other = context.process.add(new FakeBackend("be-192.0.2.7"));
        SwitchingRules.Parser<FakeBackend> parser = new SwitchingRules.Parser<>(FORMATS, conditions);
        parser.add(
                Words.of("be", "if", "{", "src", "10.0.0.0/8", "}"), context, "backend", context.process.backends::get);
        parser.add(Words.of("be-%[src]"), context, "backend", context.process.backends::get);
        SwitchingRules<FakeBackend> rules = parser.build();

        assertThat(rules.choose(stream, scratch, context.process.backends::get)).isSameAs(other);

        stream.clientSide().connectionSource().ipv4(0x0A000001, 1);
        assertThat(rules.choose(stream, scratch, context.process.backends::get)).isSameAs(context.process.backend);

        stream.clientSide().connectionSource().ipv4(0x0B000001, 1);
        assertThat(rules.choose(stream, scratch, context.process.backends::get)).isNull();
        assertThatThrownBy(() -> parser.add(Words.of("nope"), context, "backend", context.process.backends::get))
                .hasMessage("unable to find backend 'nope'");
    }
}
