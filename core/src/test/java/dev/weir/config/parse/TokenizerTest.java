package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each line becomes was taken from HAProxy 3.2's own messages about the same lines. */
class TokenizerTest {
    private final Environment environment = Environment.of(Map.of("A", "abc", "LIST", "a b  c", "SPACED", " a b "));
    private final Tokenizer tokenizer = new Tokenizer(environment);

    static List<Arguments> lines() {
        return List.of(
                words("plain words", "plain", "words"),
                words("  \t leading and trailing \t ", "leading", "and", "trailing"),
                words(""),
                words("   "),
                words("# comment"),
                words("a#comment", "a"),
                words("a\\#b '#c' \"#d\"", "a#b", "#c", "#d"),
                words("a\\ b", "a b"),
                words("\\n\\r\\t\\\\\\'\\\"", "\n\r\t\\'\""),
                words("\\. \\d \\1", "\\.", "\\d", "\\1"),
                words("\\x41\\x7A", "Az"),
                words("'\\x41 \\n \"$A\"'", "\\x41 \\n \"$A\""),
                words("\"a\\\"b\\\\c\\$A'd'\"", "a\"b\\c$A'd'"),
                words("\"\\.\\#\\n\"", "\\.#\n"),
                words("a\"b\"'c'd", "abcd"),
                words("$A ${A} \\$A", "$A", "${A}", "\\$A"),
                words("\"$A\" \"${A}x\" x\"$A\"y", "abc", "abcx", "xabcy"),
                words("\"$NOPE$A\"", "abc"),
                words("\"${NOPE-def val}\" \"${A-def}\"", "def val", "abc"),
                words("\"${LIST}\"", "a b  c"),
                words("\"${LIST[*]}\" z", "a", "b", "c", "z"),
                words("\"x${LIST[*]}y\"", "xa", "b", "cy"),
                words("\"${NOPE[*]}\" x", "x"),
                words("x \"${NOPE[*]}\"", "x"),
                words("\"${NOPE[*]-d e}\"", "d", "e"),
                words("\"${.FILE} ${.LINE} ${.SECTION} $.LINE\"", "file.cfg 7 part 7"),
                words("a \"\" b", "a", "", "b"),
                words("\"$NOPE\"", ""),
                words("a\\x00b c", "a", "c"),
                words("crlf line\r", "crlf", "line"));
    }

    private static Arguments words(String line, String... words) {
        return Arguments.of(line, List.of(words));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldSplitAsHaproxyDoes(String line, List<String> words) {
        tokenizer.file = "file.cfg";
        tokenizer.lineNumber = 7;
        tokenizer.section = "part";

        assertTrue(tokenizer.split(line), tokenizer::error);

        assertEquals(words, tokenizer.words());
    }

    static List<Arguments> errors() {
        return List.of(
                Arguments.of("ab \"c", "unmatched quote", 3),
                Arguments.of("ab 'c", "unmatched quote", 3),
                Arguments.of("a \\xZZ", "truncated or invalid hexadecimal sequence", 2),
                Arguments.of("a \\x4", "truncated or invalid hexadecimal sequence", 2),
                Arguments.of("a \"${A\"", "unmatched brace in environment variable name", 4),
                Arguments.of("a \"${A*}\"", "unmatched brace in environment variable name", 4),
                Arguments.of("a \"${A-x\"", "unmatched brace in environment variable name", 4),
                Arguments.of("a \"${A[*}\"", "truncated or invalid word expansion sequence", 6),
                Arguments.of("a \"$1\"", "forbidden first char in environment variable name", 4),
                Arguments.of("a \"${}\"", "forbidden first char in environment variable name", 5),
                Arguments.of("a \"$.FOO\"", "forbidden first char in environment variable name", 4));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldSayWhatIsWrongAndWhere(String line, String error, int at) {
        assertFalse(tokenizer.split(line));

        assertEquals(error, tokenizer.error());
        assertEquals(at, tokenizer.errorAt());
    }

    @Test
    void shouldTake64WordsAndNoMore() {
        assertTrue(tokenizer.split("w ".repeat(64)));
        assertEquals(64, tokenizer.words().size());

        assertFalse(tokenizer.split("w ".repeat(65)));
        assertEquals("too many words, the maximum is 64", tokenizer.error());
    }

    @Test
    void shouldPointAtTheFirstEmptyWord() {
        assertTrue(tokenizer.split("a \"\" b"));

        assertEquals(2, tokenizer.emptyAt());
    }

    @Test
    void shouldRecoverAfterAnError() {
        tokenizer.split("a 'b");

        assertTrue(tokenizer.split("c d"));
        assertEquals(List.of("c", "d"), tokenizer.words());
        assertEquals(-1, tokenizer.emptyAt());
    }
}
