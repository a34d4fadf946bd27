package dev.weir.persist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.persist.CookieSettings.Mode;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.Slice;
import dev.weir.server.Server;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations were taken from HAProxy 3.2.26, which answered the same requests. */
class CookiePersistenceTest {
    private static CookieFixture backend(Mode mode, Consumer<CookieSettings> options) {
        CookieSettings settings = new CookieSettings("SRV");
        settings.mode = mode;
        options.accept(settings);
        return new CookieFixture(settings).server("s1", "v1");
    }

    private static CookieFixture backend(Mode mode) {
        return backend(mode, settings -> {});
    }

    private static CookieFixture indirect() {
        return backend(Mode.INSERT, settings -> settings.isIndirect = true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "SRV=v1 > VN > SRV=v1",
                "a=b; SRV=v1; c=d > VN > a=b; SRV=v1; c=d",
                "SRV=v2 > II > SRV=v2",
                "SRV=v1; SRV=v1 > VN > SRV=v1; SRV=v1",
                "SRV = v1 ; b = c > VN > SRV=v1 ; b=c",
                "$Version=1; SRV=\"v1\"; $Path=/; b=c > II > $Version=1; SRV=\"v1\"; $Path=/; b=c",
                "SRV= > II > SRV=",
                "x;SRV=v1 ,y > VN > x;SRV=v1 ,y",
                "SRV=v1, y=z > VN > SRV=v1, y=z",
                "SRV=v1|AAAAA|BBBBB > VU > SRV=v1|AAAAA|BBBBB",
                "srv=v1 > NI > srv=v1"
            })
    void shouldInsert(String cookie, String letters, String passed) {
        CookieFixture backend = backend(Mode.INSERT);

        assertThat(backend.bind("GET", cookie)).containsExactly(passed);

        List<String> set = backend.mark(backend.server("s1"));
        assertThat(backend.letters()).isEqualTo(letters);
        assertThat(set).isEqualTo(letters.endsWith("N") ? List.of() : List.of("SRV=v1; path=/"));
        assertThat(backend.request.direct != null).isEqualTo(letters.startsWith("V"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "SRV=v1 > none",
                "a=b; SRV=v1; c=d > a=b; c=d",
                "SRV=v2 > none",
                "SRV=v1; SRV=v1 > none",
                "SRV = v1 ; b = c > b=c",
                "$Version=1; SRV=\"v1\"; $Path=/; b=c > $Version=1; b=c",
                "SRV= > none",
                "x;SRV=v1 ,y > x, y",
                "SRV=v1, y=z > y=z",
                "SRV=v1|AAAAA|BBBBB > none",
                "a=\"x;SRV=v1\"; b > a=\"x;SRV=v1\"; b",
                "a=b ;SRV=v1; SRV=v2;c=d > a=b; c=d"
            })
    void shouldHideAnIndirectCookieFromTheServer(String cookie, String passed) {
        assertThat(indirect().bind("GET", cookie)).isEqualTo(passed == null ? List.of() : List.of(passed));
    }

    @Test
    void shouldHideItInEveryField() {
        assertThat(indirect().bind("GET", "a=b", "SRV=v1", "SRV=v1; c=d", "SRV=x"))
                .containsExactly("a=b", "c=d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "SRV=v1~foo > SRV=foo > VR",
                "SRV=foo; a=b > SRV=foo; a=b > IR",
                "a=b;SRV=v2~foo ; c=d > a=b;SRV=foo ; c=d > IR",
                "SRV=v1~ > SRV= > VR"
            })
    void shouldTakeThePrefixAwayAndPutItThereAgain(String cookie, String passed, String letters) {
        CookieFixture backend = backend(Mode.PREFIX);

        assertThat(backend.bind("GET", cookie)).containsExactly(passed);

        assertThat(backend.mark(backend.server("s1"), "SRV=foo; path=/")).containsExactly("SRV=v1~foo; path=/");
        assertThat(backend.letters()).isEqualTo(letters);
    }

    @Test
    void shouldRewriteTheServersCookie() {
        CookieFixture backend = backend(Mode.REWRITE);
        backend.bind("GET", "SRV=v1");

        List<String> set = backend.mark(backend.server("s1"), "SRV = foo ; path=/", "other=1");

        assertThat(set).containsExactly("SRV=v1 ; path=/", "other=1");
        assertThat(backend.letters()).isEqualTo("VR");
    }

    @Test
    void shouldReplaceTheServersCookieByItsOwn() {
        CookieFixture backend = backend(Mode.INSERT);
        backend.bind("GET");

        assertThat(backend.mark(backend.server("s1"), "SRV = foo ; path=/", "other=1"))
                .containsExactly("other=1", "SRV=v1; path=/");
        assertThat(backend.letters()).isEqualTo("NI");
    }

    @Test
    void shouldDeleteTheServersCookieWhereTheClientHasOne() {
        CookieFixture backend = backend(Mode.INSERT);
        backend.bind("GET", "SRV=v1");

        assertThat(backend.mark(backend.server("s1"), "SRV=foo", "other=1")).containsExactly("other=1");
        assertThat(backend.letters()).isEqualTo("VD");
    }

    @Test
    void shouldPreserveTheServersCookie() {
        CookieFixture backend = backend(Mode.INSERT, settings -> settings.isPreserved = true);
        backend.bind("GET");

        assertThat(backend.mark(backend.server("s1"), "SRV=foo; path=/")).containsExactly("SRV=foo; path=/");
        assertThat(backend.letters()).isEqualTo("NP");
    }

    @Test
    void shouldLeaveACookieAloneThatItOnlyFollows() {
        CookieFixture backend = backend(Mode.PASSIVE, settings -> settings.isIndirect = true);
        backend.bind("GET", "SRV=v2");

        assertThat(backend.mark(backend.server("s1"), "SRV=foo")).containsExactly("SRV=foo");
        assertThat(backend.letters()).isEqualTo("IP");
    }

    @Test
    void shouldWriteAttributesBehindThePath() {
        CookieFixture backend =
                backend(Mode.INSERT, settings -> settings.attributes("; domain=.a.b; HttpOnly; Secure; SameSite=None"));
        backend.bind("GET");

        assertThat(backend.mark(backend.server("s1")))
                .containsExactly("SRV=v1; path=/; domain=.a.b; HttpOnly; Secure; SameSite=None");
    }

    @Test
    void shouldExpireTheCookieForAServerWithoutOne() {
        CookieFixture backend = backend(Mode.INSERT).server("b1", null);
        backend.bind("GET", "SRV=v3");

        assertThat(backend.mark(backend.server("b1")))
                .containsExactly("SRV=; Expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/");
        assertThat(backend.letters()).isEqualTo("II");
    }

    @Test
    void shouldSetItOnAnswersToPostsOnly() {
        CookieFixture backend = backend(Mode.INSERT, settings -> settings.isPostOnly = true);

        backend.bind("GET");
        assertThat(backend.mark(backend.server("s1"))).isEmpty();

        backend.exchange.start(2);
        backend.bind("POST");
        assertThat(backend.mark(backend.server("s1"))).containsExactly("SRV=v1; path=/");
    }

    // ---- dates ----

    private static CookieFixture dated(int idleSeconds, int lifeSeconds) {
        return backend(Mode.INSERT, settings -> {
            settings.maxIdleSeconds = idleSeconds;
            settings.maxLifeSeconds = lifeSeconds;
        });
    }

    @ParameterizedTest
    @CsvSource({
        // now is awesL rounded up to awesM
        "'', 600, 3600, NI, SRV=v1|awesM|awesM; path=/",
        "SRV=v1, 600, 3600, VU, SRV=v1|awesM|awesM; path=/",
        "SRV=v1|awesL, 600, 0, VU, SRV=v1|awesM; path=/",
        "SRV=v1|awesM, 600, 0, VN, none",
        "SRV=v1|awesM|awesA, 600, 3600, VN, none",
        "SRV=v1|awesA|awesA, 600, 3600, VU, SRV=v1|awesM|awesA; path=/",
        "SRV=v1|AAAAA|BBBBB, 600, 3600, OI, SRV=v1|awesM|awesM; path=/",
        "SRV=v1|BBBBB, 600, 3600, EI, SRV=v1|awesM|awesM; path=/",
        "SRV=v1|awesA|awesA, 0, 0, VU, SRV=v1; path=/",
        "SRV=v1|awesA|awesA, 0, 3600, VU, SRV=v1|awesM|awesA; path=/",
        "SRV=v1|b0000, 600, 0, EI, SRV=v1|awesM; path=/",
        "SRV=v1|!, 600, 0, VU, SRV=v1|awesM; path=/",
    })
    void shouldKeepDates(String cookie, int idleSeconds, int lifeSeconds, String letters, String set) {
        CookieFixture backend = dated(idleSeconds, lifeSeconds);

        backend.bind("GET", cookie);

        assertThat(backend.mark(backend.server("s1"))).isEqualTo(set.equals("none") ? List.of() : List.of(set));
        assertThat(backend.letters()).isEqualTo(letters);
    }

    // ---- servers ----

    @Test
    void shouldFindTheFirstServerOfACookieThatIsUp() {
        CookieFixture backend = backend(Mode.INSERT).server("b1", "v1");
        backend.pool().control().stop(backend.server("s1"), "");

        backend.bind("GET", "SRV=v1");

        assertThat(backend.request.direct).isSameAs(backend.server("b1"));
        assertThat(backend.letters()).isEqualTo("VN");
    }

    @Test
    void shouldNotBindToAServerThatIsDown() {
        CookieFixture backend = backend(Mode.INSERT).server("s2", "v2");
        backend.pool().control().stop(backend.server("s1"), "");

        backend.bind("GET", "SRV=v1");

        assertThat(backend.request.direct).isNull();
        assertThat(backend.mark(backend.server("s2"))).containsExactly("SRV=v2; path=/");
        assertThat(backend.letters()).isEqualTo("DI");
    }

    @Test
    void shouldBindToAServerThatIsDownByForce() {
        CookieFixture backend = backend(Mode.INSERT);
        backend.pool().control().stop(backend.server("s1"), "");
        backend.request.isForced = true;

        backend.bind("GET", "SRV=v1");

        assertThat(backend.request.direct).isSameAs(backend.server("s1"));
        assertThat(backend.letters()).isEqualTo("DN");
    }

    @Test
    void shouldBindToAServerThatIsDownIfThePoolIsPersistent() {
        CookieFixture backend = backend(Mode.INSERT);
        backend.poolSettings.isPersistent = true;
        backend.pool().control().stop(backend.server("s1"), "");

        backend.bind("GET", "SRV=v1");

        assertThat(backend.request.direct).isSameAs(backend.server("s1"));
    }

    @Test
    void shouldLeaveWhatARuleHasBound() {
        CookieFixture backend = backend(Mode.INSERT).server("s2", "v2");
        Server bound = backend.server("s2");
        backend.request.direct = bound;

        backend.bind("GET", "SRV=v1");

        assertThat(backend.request.direct).isSameAs(bound);
        assertThat(backend.mark(bound)).isEmpty();
        assertThat(backend.letters()).isEqualTo("UN");
    }

    @Test
    void shouldIgnoreCookiesWhereTheyAreToBeIgnored() {
        CookieFixture backend = backend(Mode.INSERT);
        backend.isIgnored = true;

        backend.bind("GET", "SRV=v1");

        assertThat(backend.request.direct).isNull();
        assertThat(backend.mark(backend.server("s1"), "SRV=foo")).containsExactly("SRV=foo");
        assertThat(backend.letters()).isEqualTo("UN");
    }

    // ---- caches ----

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "GET > 200 > ETag: x > true",
                "HEAD > 200 > ETag: x > true",
                "OPTIONS > 200 > ETag: x > true",
                "POST > 200 > ETag: x > false",
                "PUT > 200 > ETag: x > false",
                "GET > 302 > ETag: x > false",
                "GET > 404 > Expires: x > true",
                "GET > 200 > Last-Modified: x > true",
                "GET > 200 > X: y > false",
                "GET > 200 > Cache-Control: max-age=10 > true",
                "GET > 302 > Cache-Control: max-age=10 > false",
                "POST > 302 > Cache-Control: public, max-age=9 > true",
                "GET > 200 > Cache-Control: public > false",
                "GET > 200 > Cache-Control: max-age=0, s-maxage=5 > true",
                "GET > 200 > Cache-Control: s-maxage=5, max-age=0 > false",
                "GET > 200 > Cache-Control: no-cache, public, max-age=1 > true",
                "GET > 200 > Cache-Control: max-age=1, PUBLIC, No-Cache > false",
                "GET > 200 > Cache-Control: x=\"a, no-store\", max-age=1 > true",
                "GET > 200 > Pragma: no-cache > false"
            })
    void shouldMakeAnAnswerPrivateThatACacheMightKeep(String method, int status, String field, boolean isPrivate) {
        CookieFixture backend = backend(Mode.INSERT, settings -> settings.isNoCache = true);
        backend.bind(method);
        var head = backend.exchange.response();
        int colon = field.indexOf(':');
        CookieFixture.fill(head, FieldName.of(field.substring(0, colon)), field.substring(colon + 2));
        head.status(status);

        backend.cookies.mark(backend.settings, backend.exchange, backend.server("s1"), false, CookieFixture.NOW);

        List<String> directives = CookieFixture.values(head, FieldName.CACHE_CONTROL);
        assertThat(directives.contains("private")).isEqualTo(isPrivate);
    }

    @Test
    void shouldSayWhenTheHeadIsFull() {
        CookieFixture backend = backend(Mode.INSERT);
        backend.bind("GET");
        var head = backend.exchange.response();
        byte[] filler = new byte[16];
        while (head.write(filler, 0, filler.length) != Slice.NONE) {
            // until no edit of any size is taken
        }

        boolean isMarked = backend.cookies.mark(
                backend.settings, backend.exchange, backend.server("s1"), false, CookieFixture.NOW);

        assertThat(isMarked).isFalse();
    }
}
