package dev.weir.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Verdict;
import dev.weir.sample.Words;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.stream.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());

    private final TestContext context = new TestContext();
    private final AclBook acls = new AclBook(EXPRESSIONS);
    private final ConditionParser parser = new ConditionParser(acls);
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();

    private Verdict verdict(String condition) throws ParseProblem {
        Verdict verdict = parser.parse(Words.of(condition.split(" +")), context).test(stream, scratch);
        assertThat(scratch.lentCount()).isZero();
        return verdict;
    }

    private void define(String line) throws ParseProblem {
        acls.define(Words.of(line.split(" +")), context);
    }

    private void receive(String bytes, boolean isEnded) {
        byte[] input = bytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        stream.request().show(new UnsafeBuffer(input), input.length, isEnded, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            if { src 192.0.2.0/24 }                 ; PASS
            if { src 192.0.2.7 }                    ; PASS
            if { src 192.0.2.8 }                    ; FAIL
            if !{ src 192.0.2.8 }                   ; PASS
            if ! { src 192.0.2.8 }                  ; PASS
            unless { src 192.0.2.8 }                ; PASS
            if { src ::ffff:192.0.2.0/120 }         ; PASS
            if { src 192.7 }                        ; FAIL
            if { ipv4(10.0.0.12) -m ip 10.12 }      ; PASS
            if { ipv6(::ffff:10.0.0.12) 10.0.0.0/8 } ; PASS
            if { src_port 1000:2000 }               ; PASS
            if { src_port gt 1234 }                 ; FAIL
            if { src_port ge 1234 }                 ; PASS
            if { src_port lt 5 1300 }               ; PASS
            if { str(www.Example.com) -i www.example.com } ; PASS
            if { str(www.Example.com) www.example.com }    ; FAIL
            if { str(www.example.com) -m beg www. } ; PASS
            if { str(www.example.com) -m end .com } ; PASS
            if { str(www.example.com) -m sub ple }  ; PASS
            if { str(www.example.com) -m dom example } ; PASS
            if { str(www.example.com) -m dom exam } ; FAIL
            if { str(/img/png/x.png) -m dir png }   ; PASS
            if { str(/img/png/x.png) -m dir im }    ; FAIL
            if { str(abc) -m len 2:4 }              ; PASS
            if { str(abc) -m reg ^[[:alpha:]]+$ }   ; PASS
            if { str(abc1) -m reg ^[[:alpha:]]+$ }  ; FAIL
            if { bin(4142) 4142 }                   ; PASS
            if { var(txn.x) -m found }              ; FAIL
            if { always_true } { always_false }     ; FAIL
            if { always_true } || { always_false }  ; PASS
            if { always_false } or { always_true }  ; PASS
            if TRUE !FALSE                          ; PASS
            if { int(3) -m bool }                   ; PASS
            if { str(x) -- -i }                     ; FAIL
            """)
    void shouldDecide(String condition, Verdict expected) throws ParseProblem {
        assertThat(verdict(condition)).isEqualTo(expected);
    }

    @Test
    void shouldJoinLinesOfOneName() throws ParseProblem {
        define("local src 10.0.0.0/8");
        define("local src 192.0.2.0/24");

        assertThat(verdict("if local")).isEqualTo(Verdict.PASS);
    }

    @Test
    void shouldWaitWhileMoreInputCouldDecide() throws ParseProblem {
        receive("ab", false);

        assertThat(verdict("if { req.len gt 2 }")).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("if !{ req.len gt 2 }")).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("if { req.len gt 1 }")).isEqualTo(Verdict.PASS);
        assertThat(verdict("if { req.len gt 2 } FALSE")).isEqualTo(Verdict.FAIL);
        assertThat(verdict("if { req.len gt 2 } or TRUE")).isEqualTo(Verdict.PASS);
        assertThat(verdict("if { req.payload(0,4) 61626364 }")).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("if WAIT_END")).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("if HTTP")).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void shouldDecideWithWhatThereIsAtTheEnd() throws ParseProblem {
        receive("ab", false);
        stream.finalEvaluation(true);

        assertThat(verdict("if { req.len gt 2 }")).isEqualTo(Verdict.FAIL);
        assertThat(verdict("if WAIT_END")).isEqualTo(Verdict.PASS);
    }

    @Test
    void shouldLoadPatternsFromFiles(@TempDir Path folder) throws IOException, ParseProblem {
        Files.writeString(folder.resolve("names"), "# comment\n  www.example.com\n\nAPI.example.com\n");
        context.patterns = new PatternLists(folder);

        assertThat(verdict("if { str(www.example.com) -f names }")).isEqualTo(Verdict.PASS);
        assertThat(verdict("if { str(api.example.com) -f names }")).isEqualTo(Verdict.FAIL);
        assertThat(verdict("if { str(api.example.com) -i -f names }")).isEqualTo(Verdict.PASS);
        assertThat(verdict("if { str(api.example.com) -f opt@missing }")).isEqualTo(Verdict.FAIL);
        assertThatThrownBy(() -> verdict("if { str(a) -f missing }")).hasMessageContaining("missing");
    }

    @Test
    void shouldReportMistakes() {
        assertThatThrownBy(() -> verdict("if nope")).hasMessage("no such ACL : 'nope'");
        assertThatThrownBy(() -> verdict("if { src 1.2.3.4.5 }")).hasMessageContaining("1.2.3.4.5");
        assertThatThrownBy(() -> verdict("if { var(txn.x) a }")).hasMessageContaining("'-m'");
        assertThatThrownBy(() -> verdict("if { src -m nope a }"))
                .hasMessageContaining("unknown matching method 'nope'");
        assertThatThrownBy(() -> verdict("if { src 1.2.3.4")).hasMessageContaining("closing '}'");
        assertThatThrownBy(() -> verdict("if TRUE or")).hasMessage("missing term in condition");
    }

    @Test
    void shouldWarnOfTestsThatCannotMatchHere() throws ParseProblem {
        verdict("if { res.len gt 0 }");

        assertThat(context.warnings).hasSize(1);
    }

    @Test
    void shouldGiveUpOnExpressionsThatBacktrackWithoutEnd() throws ParseProblem {
        long before = dev.weir.sample.pattern.Regex.givenUpCount();

        Verdict verdict = verdict("if { str(" + "a".repeat(40) + "b) -m reg ^(a+)+$ }");

        assertThat(verdict).isEqualTo(Verdict.FAIL);
        assertThat(dev.weir.sample.pattern.Regex.givenUpCount()).isGreaterThanOrEqualTo(before);
    }
}
