package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    private final Environment environment = Environment.of(Map.of("SET", ""));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "0x10",
                "-1",
                "!0",
                "! ! 1",
                "(1)",
                "( ( 1 ) )",
                "0 || 1",
                "1 && 1",
                "0 && 0 || 1",
                "1 || 0 && 0",
                "!(0 || 0)",
                "defined(SET)",
                "!defined(UNSET)",
                "streq(a,a)",
                "streq(\"a,b\",'a,b')",
                "streq(a\\ b,a b)",
                "streq(,)",
                "strneq(a,b)",
                "strstr(abc,b)",
                "version_atleast(3.2)",
                "version_atleast(2.4.1)",
                "version_before(3.3)",
                "version_atleast(3.2-dev5)",
                "feature(THREAD)",
                "!feature(OPENSSL)",
                "enabled(SPLICE)",
                "!openssl_version_atleast(1.1)",
                "!openssl_version_before(9)",
                "!ssllib_name_startswith(OpenSSL)",
                "!awslc_api_atleast(1)",
                "!awslc_api_before(99)"
            })
    void shouldBeTrue(String text) {
        var result = Conditions.evaluate(text, environment);

        assertNull(result.error());
        assertTrue(result.isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "00",
                "!1",
                "1 && 0",
                "0 || 0",
                "defined(UNSET)",
                "streq(a,b)",
                "streq(a, a)",
                "version_before(3.2.0)",
                "version_atleast(3.2.1)",
                "feature(QUI)",
                "enabled(EPOLL)"
            })
    void shouldBeFalse(String text) {
        var result = Conditions.evaluate(text, environment);

        assertNull(result.error());
        assertFalse(result.isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo",
                "foo()",
                "(1",
                "1)",
                "1 1",
                "1 &&",
                "|| 1",
                "!",
                "streq(a)",
                "streq(a",
                "streq",
                "streq(a,b,c)",
                "defined(A) x",
                "1 & 1",
                "()"
            })
    void shouldBeRefused(String text) {
        assertNotNull(Conditions.evaluate(text, environment).error());
    }

    @Test
    void shouldNotRunOutOfStack() {
        var result = Conditions.evaluate("(".repeat(100_000), environment);

        assertNotNull(result.error());
    }

    @Test
    void shouldSplitQuotedWordsFirstOnTheCommandLine() {
        assertTrue(Conditions.evaluateWords("streq(a b,a b)", environment).isTrue());
        assertFalse(
                Conditions.evaluateWords("streq(\"a b\", \"a b\")", environment).isTrue());
        assertEquals(
                "unmatched quote", Conditions.evaluateWords("\"1", environment).error());
    }
}
