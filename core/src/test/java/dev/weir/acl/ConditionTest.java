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
import dev.weir.sample.pattern.PatternList;
import dev.weir.sample.pattern.Regex;
import dev.weir.stream.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            if { bin(4142) -m bin 4142 }            ; PASS
            if { var(txn.x) -m found }              ; FAIL
            if { always_true } { always_false }     ; FAIL
            if { always_true } || { always_false }  ; PASS
            if { always_false } or { always_true }  ; PASS
            if TRUE !FALSE                          ; PASS
            if { int(3) -m bool }                   ; PASS
            if { str(x) -- -i }                     ; FAIL
            if { ipv4(127.0.0.1) localhost }        ; PASS
            if { ipv4(127.9.9.9) localhost }        ; FAIL
            if { ipv4(127.9.9.9) localhost/8 }      ; PASS
            if                                      ; FAIL
            unless                                  ; PASS
            if or TRUE                              ; PASS
            if FALSE or                             ; FAIL
            if FALSE || || TRUE                     ; PASS
            if FALSE OR TRUE                        ; PASS
            if !                                    ; FAIL
            if !!TRUE                               ; PASS
            if ! ! TRUE                             ; PASS
            if ! !TRUE                              ; PASS
            if !! !TRUE                             ; FAIL
            if TRUE !                               ; PASS
            if ! or TRUE                            ; PASS
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
        assertThat(verdict("if { req.payload(0,4) -m bin 61626364 }")).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("if WAIT_END")).isEqualTo(Verdict.UNDECIDED);
        assertThat(verdict("if HTTP")).isEqualTo(Verdict.UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"req.payload(0,0),fix_is_valid", "req.payload(0,0),fix_tag_value(49) -m found"})
    void shouldWaitForTheRestOfAMessage(String test) throws ParseProblem {
        String message = "8=FIX.4.2|9=10|35=A|49=C|10=204|".replace('|', (char) 1);

        receive(message.substring(0, 23), false);
        assertThat(verdict("if { " + test + " }")).isEqualTo(Verdict.UNDECIDED);

        receive(message, false);
        assertThat(verdict("if { " + test + " }")).isEqualTo(Verdict.PASS);
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
        context.folder = folder;

        assertThat(verdict("if { str(www.example.com) -f names }")).isEqualTo(Verdict.PASS);
        assertThat(verdict("if { str(api.example.com) -f names }")).isEqualTo(Verdict.FAIL);
        assertThat(verdict("if { str(api.example.com) -i -f names }")).isEqualTo(Verdict.PASS);
        assertThat(verdict("if { str(api.example.com) -f opt@missing }")).isEqualTo(Verdict.FAIL);
        assertThatThrownBy(() -> verdict("if { str(a) -f missing }")).hasMessageContaining("missing");
    }

    /** HAProxy 3.2's words, but for what is said of a file that cannot be read. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            if nope                     ; no such ACL : 'nope'
            if }                        ; no such ACL : '}'
            if {src 1.2.3.4 }           ; no such ACL : '{src'
            if TRUE and TRUE            ; no such ACL : 'and'
            if { src 1.2.3.4            ; missing closing '}' in condition
            if { src 1.2.3.4}           ; missing closing '}' in condition
            if { }                      ; missing fetch method in ACL expression ''
            if { nope a }               ; unknown fetch method 'nope' in ACL expression 'nope'
            if { str(a),zzzzzz a }      ; unknown converter 'zzzzzz' in ACL expression 'str(a),zzzzzz'
            if { path,zzzzzz a }        ; ACL keyword 'path' : unknown converter 'zzzzzz'
            if { src 1.2.3.4.5 }        ; '1.2.3.4.5' is not a valid IPv4 or IPv6 address
            if { src -n localhost }     ; 'localhost' is not a valid IPv4 or IPv6 address
            if { src nobody.invalid }   ; 'nobody.invalid' is not a valid IPv4 or IPv6 address
            if { src localhost/33 }     ; 'localhost/33' is not a valid IPv4 or IPv6 address
            if { src ::1/129 }          ; '::1/129' is not a valid IPv4 or IPv6 address
            if { src 1.2.3.4 -f x }     ; '-f' is not a valid IPv4 or IPv6 address
            if { src -m int 5 }         ; matching method 'int' cannot be used with fetch keyword 'src'
            if { src -m bool }          ; matching method 'bool' cannot be used with fetch keyword 'src'
            if { method -m int 5 }      ; matching method 'int' cannot be used with fetch keyword 'method'
            if { path_beg -m ip,x 5 }   ; unknown matching method 'ip,x' when parsing ACL expression
            if { src -m }               ; unknown matching method '' when parsing ACL expression
            if { path -m meth GET }     ; unknown matching method 'meth' when parsing ACL expression
            if { path -m int a }        ; 'a' is not a number
            if { path -m int 5.5 }      ; '5.5' is not a number
            if { path -m int +5 }       ; '+5' is not a number
            if { path -m int 0x10 }     ; '0x10' is not a number
            if { path -m int 99999999999999999999 } ; '99999999999999999999' is not a number
            if { path -m int : }        ; ':' is not a valid number range
            if { path -m int 5:3 }      ; '5:3' is not a valid number range
            if { path -m int 5-3 }      ; '5-3' is not a valid number range
            if { path -m int gt -f }    ; '-f' is not a valid number range
            if { path -m int gt foo }   ; 'foo' is neither a number nor a supported operator
            if { path_len a }           ; 'a' is not a number
            if { req.ssl_ver a }        ; 'a' is not a dotted number
            if { req.ssl_ver 3.99999 }  ; '3.99999' is not a dotted number
            if { req.ssl_ver 3.1:3.0 }  ; '3.1:3.0' is not a valid dotted number range
            if { req.ssl_ver : }        ; ':' is not a valid dotted number range
            if { req.ssl_ver gt a }     ; 'a' is neither a number nor a supported operator
            if { req.ssl_ver gt 3.99999 } ; '3.99999' contains too large a minor value
            if { req.ssl_ver gt 99999 } ; '99999' contains too large a major value
            if { path -m bin 414 }      ; an even number of hex digit is expected
            if { path -m bin 4z }       ; an hex digit is expected (found 'z')
            if { path_reg ^a( }         ; regex '^a(' is invalid (error=missing closing parenthesis, erroffset=3)
            if { path_reg [ }           ; regex '[' is invalid (error=missing terminating ] for character class, erroffset=1)
            if { path_reg * }           ; regex '*' is invalid (error=quantifier does not follow a repeatable item, erroffset=0)
            if { path -m str -f opt@x -m beg a } ; '-m' must only be specified before patterns and files in parsing ACL expression
            if { path -u a b }          ; the argument of -u must be an integer
            if { path -u 55 a } { path -u 55 a } ; the id is already used
            if { path -f missing }      ; failed to open pattern file <missing>: No such file or directory
            """)
    void shouldSayWhatIsWrong(String condition, String message) {
        assertThatThrownBy(() -> verdict(condition)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var(txn.a) a",
                "req.body a",
                "req.payload(0,1) 41",
                "bin(41) 41",
                "meth(GET) GET",
                "path,sha1 aa",
                "req.body -f missing",
                "req.body -f missing -m str"
            })
    void shouldAskForAMethodWhereTheTypeHasNone(String test) {
        String fetch = test.replaceFirst("[(, ].*", "");

        assertThatThrownBy(() -> verdict("if { " + test + " }"))
                .hasMessage("matching method must be specified first (using '-m') when using a sample fetch of this"
                        + " type ('" + fetch + "')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "-", "-5", "-5:-2", "-I", "--i"})
    void shouldNotTakeAPatternForAnOption(String option) {
        assertThatThrownBy(() -> verdict("if { path -m int " + option + " 5 }"))
                .hasMessage("'" + option + "' is not a valid ACL option. Please use '--' before any pattern beginning"
                        + " with a '-'");
    }

    @Test
    void shouldSayInWhichLineOfAFileAPatternIsWrong(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mixed"), "# comment\n10.0.0.0/8\n\n 41\n foo\n");
        context.folder = folder;

        assertThatThrownBy(() -> verdict("if { src -f mixed }"))
                .hasMessage("'foo' is not a valid IPv4 or IPv6 address at line 5 of file 'mixed'");
        assertThatThrownBy(() -> verdict("if { path -m int -f mixed }"))
                .hasMessage("'10.0.0.0/8' is not a number at line 2 of file 'mixed'");
        assertThatThrownBy(() -> verdict("if { path -m bin -f mixed }"))
                .hasMessage("an hex digit is expected (found '.') at line 2 of file 'mixed'");
    }

    @Test
    void shouldGiveListsTheirNumbers() throws ParseProblem {
        verdict("if { path a } { path -u 1 b } { path c } { path -u 7 d } { path e }");

        assertThat(context.patterns.all())
                .extracting(list ->
                        list.id() + list.entries(PatternList.CURRENT).get(0).text())
                .containsExactly("0a", "1b", "2c", "3e", "7d");
        assertThat(context.patterns
                        .find("#7")
                        .entries(PatternList.CURRENT)
                        .get(0)
                        .text())
                .isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"src", "path_beg", "path,lower"})
    void shouldWarnOfATestWithoutAnyPattern(String test) throws ParseProblem {
        verdict("if { " + test + " }");

        assertThat(context.warnings)
                .singleElement()
                .asString()
                .startsWith("acl keyword '" + test + "' : no pattern to match against were provided");
    }

    @ParameterizedTest
    @ValueSource(strings = {"path -i", "path -m str", "path --", "path -m found", "path -f opt@x", "always_true"})
    void shouldNotWarnWhereSomethingFollows(String test) throws ParseProblem {
        verdict("if { " + test + " }");

        assertThat(context.warnings).isEmpty();
    }

    @Test
    void shouldWarnOfASpaceBeforeAParenthesis() throws ParseProblem {
        verdict("if { req.hdr (host) }");

        assertThat(context.warnings).singleElement().asString().startsWith("matching 'req.hdr' for pattern '(host)'");
    }

    @Test
    void shouldWarnOfTestsThatCannotMatchHere() throws ParseProblem {
        verdict("if { res.len gt 0 }");

        assertThat(context.warnings).hasSize(1);
    }

    @Test
    void shouldGiveUpOnExpressionsThatBacktrackWithoutEnd() throws ParseProblem {
        long before = Regex.givenUpCount();

        Verdict verdict = verdict("if { str(" + "a".repeat(40) + "b) -m reg ^(a*a*)*c\\1$ }");

        assertThat(verdict).isEqualTo(Verdict.FAIL);
        assertThat(Regex.givenUpCount()).isGreaterThan(before);
    }
}
