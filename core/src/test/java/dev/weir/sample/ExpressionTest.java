package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final ExpressionParser PARSER = new ExpressionParser(SampleNames.standard());

    private final TestContext context = new TestContext();
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();

    /** The value as text, or null if there is none. */
    private String value(String expression) throws ParseProblem {
        Sample sample = scratch.take();
        boolean isPresent = PARSER.parse(expression, context).evaluateAs(stream, sample, SampleType.STRING);
        String text = isPresent ? sample.bytes().getStringWithoutLengthUtf8(0, sample.length()) : null;
        scratch.release(sample);
        assertThat(scratch.lentCount()).isZero();
        return text;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            str(a\\nb),hex                ; 610A62
            str(a\\\\b),hex               ; 615C62
            str(a\\ b),hex                ; 612062
            str("a\\"b"),hex              ; 612262
            str("a\\nb\\ c\\qd"),hex      ; 610A6220635C7164
            str("a\\)b"),hex              ; 615C2962
            str(a\\x41b),hex              ; 615C78343162
            str(a"b c"d),hex              ; 6162206364
            str("a,b"),hex                ; 612C62
            str(5),add(1)                 ; 6
            str(),length                  ; 0
            bool(1),hex                   ; 0000000000000001
            int(-5)                       ; -5
            int(5),iif(a,b)               ; a
            str(x),add(1)                 ; 1
            src                           ; 192.0.2.7
            src_port                      ; 1234
            dst                           ; 198.51.100.1
            src,ipmask(24)                ; 192.0.2.0
            ipv6(2001:db8::1),ipmask(24,32) ; 2001:db8::
            fe_name                       ; fe
            nbsrv(be)                     ; 1
            srv_is_up(be/s2)              ; 0
            var(txn.none,x)               ; x
            date                          ; 1700000000
            date(1,ms)                    ; 1700000000124
            date,utime("%Y-%m-%d %H:%M:%S") ; 2023-11-14 22:13:20
            date,http_date                ; Tue, 14 Nov 2023 22:13:20 GMT
            pid                           ; 4242
            """)
    void shouldGiveTheValue(String expression, String expected) throws ParseProblem {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @Test
    void shouldSetAndReadVariables() throws ParseProblem {
        assertThat(value("src,set-var(txn.a),hex")).isEqualTo("C0000207");

        assertThat(value("var(txn.a)")).isEqualTo("192.0.2.7");
        assertThat(value("str(<),concat(ip=,txn.a,>)")).isEqualTo("<ip=192.0.2.7>");
        assertThat(value("int(2),set-var(proc.n),add(proc.n)")).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            strr(a)          ; unknown fetch method 'strr' (nearest: 'str')
            ssl_fc_cipher    ; fetch method 'ssl_fc_cipher' is known but not supported by this version
            str(a),lowre     ; unknown converter 'lowre' (nearest: 'lower')
            str(a),in_table(t) ; invalid args in converter 'in_table' : unable to find table 't'
            str(a),jwt_verify(a,b) ; converter 'jwt_verify' is known but not supported by this version
            str(a            ; invalid args in fetch method 'str' : expected ')' before ''
            int(x)           ; invalid args in fetch method 'int' : failed to parse 'x' as type 'signed integer' at position 1
            src(x)           ; invalid args in fetch method 'src' : no argument supported, but got 'x'
            be_conn(nope)    ; invalid args in fetch method 'be_conn' : unable to find backend 'nope'
            bin(00),add(1)   ; converter 'add' cannot be applied: it takes type 'sint', what stands before gives 'bin'
            var(foo)         ; invalid args in fetch method 'var' : invalid variable name 'foo'. A variable name must be start by its scope. The scope can be 'proc', 'sess', 'txn', 'req', 'res' or 'check'
            res.len          ; fetch method 'res.len' extracts information from 'response buffer', none of which is available here
            """)
    void shouldSayWhatIsWrong(String expression, String message) {
        assertThatThrownBy(() -> PARSER.parse(expression, context))
                .isInstanceOf(ParseProblem.class)
                .hasMessage(message);
    }

    @Test
    void shouldContinueInTheNextWordsWhileTheyAreConverters() throws ParseProblem {
        Words words = Words.of("src", "ipmask(24)", "if", "x");

        Expression expression = PARSER.parse(words, context);

        assertThat(expression.text()).isEqualTo("src,ipmask(24)");
        assertThat(words.peek()).isEqualTo("if");
    }
}
