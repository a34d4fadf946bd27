package dev.weir.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiePairsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "a=b                       > a=b",
                "a=b; c=d                  > a=b|c=d",
                "a=b;c=d,e=f               > a=b|c=d|e=f",
                "'  a  =  b c  ;  d = e '  > a=b c|d=e",
                "a=; =b; =                 > a=|=b|=",
                "a; b=c; d                 > b=c",
                "$Version=1; a=b; $Path=/  > a=b",
                "a=b=c; d==                > a=b=c|d==",
                "'a=\"x;y,z\"; c=d'        > 'a=\"x;y,z\"|c=d'",
                "'a=\"x\\\";y\"; c=d'      > 'a=\"x\\\";y\"|c=d'",
                "'a=\"x;c=d'               > 'a=\"x;c=d'",
                ";;,; a=b;;                > a=b",
                "''                        > ''",
            })
    void shouldReadPairsOfARequest(String value, String expected) {
        var head = TestHeads.request("/", "Cookie", value);

        assertThat(String.join("|", walk(head, new CookiePairs().start(head)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "a=b; Path=/; HttpOnly   > a=b",
                "a=b,c; Path=/           > a=b",
                "a; Path=/               > ''",
                "'a=\"b;c\"; Secure'     > 'a=\"b;c\"'",
            })
    void shouldReadTheOnePairThatAResponseSets(String value, String expected) {
        var head = TestHeads.response(200, "Set-Cookie", value);

        assertThat(String.join("|", walk(head, new CookiePairs().startSetCookie(head, 0))))
                .isEqualTo(expected);
    }

    @Test
    void shouldWalkAllSetCookieFieldsAsExpressionsSeeThem() {
        var head = TestHeads.response(
                200,
                "Set-Cookie",
                "a=b,c=9; Path=/; Expires=Wed, 21 Oct 2015",
                "set-cookie",
                "$V=1; q=\"1,2\"; r=3",
                "Set-Cookie",
                "none");

        assertThat(walk(head, new CookiePairs().startSetCookies(head))).containsExactly("a=b", "c=9", "q=\"1,2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "'a='         > true",
                "'a=;'        > false",
                "'b=1; a='    > false",
                "'b=1;a='     > true",
                "'b=1,a=;c=2' > false",
                "'a= '        > true",
                "'a ='        > false",
            })
    void shouldSayWhetherTheLastPairIsCutShort(String value, boolean expected) {
        var head = TestHeads.request("/", "Cookie", value);
        var pairs = new CookiePairs().start(head);

        assertThat(pairs.next(TestHeads.buffer("a"))).isTrue();

        assertThat(pairs.isCutShort()).isEqualTo(expected);
    }

    @Test
    void shouldWalkAllCookieFields() {
        var head = TestHeads.request(
                "/", "Cookie", "a=1", "Host", "x", "cookie", "b=2; c=3", "COOKIE", "", "cookie", "d=4");

        assertThat(walk(head, new CookiePairs().start(head))).containsExactly("a=1", "b=2", "c=3", "d=4");
        assertThat(walk(head, new CookiePairs().startField(head, 2))).containsExactly("b=2", "c=3");
    }

    @Test
    void shouldSayWhereAPairLies() {
        var head = TestHeads.request("/", "Cookie", "a=1; srv = x ; c=3");
        var pairs = new CookiePairs().start(head);

        assertThat(pairs.next(TestHeads.buffer("srv"))).isTrue();
        assertThat(pairs.from()).isEqualTo("a=1;".length());
        assertThat(pairs.to()).isEqualTo("a=1; srv = x ".length());
        assertThat(pairs.next(TestHeads.buffer("SRV"))).isFalse();
    }

    private static List<String> walk(MessageHead head, CookiePairs pairs) {
        List<String> found = new ArrayList<>();
        while (pairs.next()) {
            found.add(head.text(pairs.name()) + "=" + head.text(pairs.value()));
        }
        return found;
    }
}
