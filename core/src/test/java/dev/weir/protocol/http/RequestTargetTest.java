package dev.weir.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HAProxy 3.2 says of the same targets through {@code path}, {@code pathq} and {@code query}. */
class RequestTargetTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/,              /,         /,          -,   -,    -",
                "/a/b?c=d,       /a/b,      /a/b?c=d,   c=d, -,    -",
                "/a?,            /a,        /a?,        '',  -,    -",
                "/?x?y,          /,         /?x?y,      x?y, -,    -",
                "//a/b?c,        //a/b,     //a/b?c,    c,   -,    -",
                "/http://b/c,    /http://b/c, /http://b/c, -, -,   -",
                "*,              -,         -,          -,   -,    -",
                "a:80,           -,         -,          -,   -,    a:80",
                "http://a,       '',        '',         -,   http, a",
                "http://a/,      /,         /,          -,   http, a",
                "http://a?x=1,   '',        ?x=1,       x=1, http, a",
                "http://a:8/p?x, /p,        /p?x,       x,   http, a:8",
                "HTTPS://a/x,    /x,        /x,         -,   HTTPS, a",
                "http://[::1]:8/x, /x,      /x,         -,   http, [::1]:8",
                "http:///x,      /x,        /x,         -,   http, ''",
                "1a://b/c,       -,         -,          -,   -,    1a:",
            })
    void shouldNameThePartsOfATarget(
            String target, String path, String pathAndQuery, String query, String scheme, String authority) {
        var head = TestHeads.request(target);

        assertThat(head.text(RequestTarget.path(head))).isEqualTo(path);
        assertThat(head.text(RequestTarget.pathAndQuery(head))).isEqualTo(pathAndQuery);
        assertThat(head.text(RequestTarget.query(head))).isEqualTo(query);
        assertThat(head.text(RequestTarget.scheme(head))).isEqualTo(scheme);
        assertThat(head.text(RequestTarget.authority(head))).isEqualTo(authority);
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, -1",
        "a:80, a, 80",
        "a:, a, -1",
        "[::1], [::1], -1",
        "[::1]:443, [::1], 443",
        "u:p@a:8080, a, 8080",
        "u@a, a, -1",
        "1.2.3.4:70000, 1.2.3.4, -1",
        "'', '', -1",
        "a:8x, a:8x, -1"
    })
    void shouldTellHostAndPortApart(String value, String host, int port) {
        var head = TestHeads.request("/", "Host", value);

        assertThat(head.text(HostAndPort.host(head, head.value(0)))).isEqualTo(host);
        assertThat(HostAndPort.port(head, head.value(0))).isEqualTo(port);
    }
}
