package dev.weir.rule.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.rule.HttpFixture;
import org.junit.jupiter.api.Test;

class ErrorRepliesTest {
    private final HttpFixture fixture = new HttpFixture();

    @Test
    void shouldAnswerWithHaproxysOwnPages() {
        assertThat(fixture.written(ErrorReplies.NONE.of(503))).isEqualTo("""
                HTTP/1.1 503 Service Unavailable
                content-length: 107
                cache-control: no-cache
                content-type: text/html

                <html><body><h1>503 Service Unavailable</h1>
                No server is available to handle this request.
                </body></html>
                """);
        assertThat(fixture.written(ErrorReplies.NONE.of(408))).contains("content-length: 110\n", "connection: close\n");
        assertThat(ErrorReplies.NONE.of(418).status()).isEqualTo(500);
    }

    @Test
    void shouldPreferTheBackendsPagesToTheFrontends() {
        ErrorReplies frontend = ErrorReplies.NONE
                .builder()
                .add(503, ConstantReply.location(503, 302, "/fe"))
                .add(429, ConstantReply.location(429, 302, "/fe"))
                .build();
        ErrorReplies backend = ErrorReplies.NONE
                .builder()
                .add(503, ConstantReply.location(503, 303, "/be"))
                .build();
        ErrorReplies both = backend.over(frontend);

        assertThat(fixture.written(both.of(503))).startsWith("HTTP/1.1 303 ");
        assertThat(fixture.written(both.of(429))).endsWith("location: /fe\n\n");
        assertThat(both.of(404)).isSameAs(ErrorReplies.builtIn(404));
        assertThat(ErrorReplies.NONE.over(frontend)).isSameAs(frontend);
    }
}
