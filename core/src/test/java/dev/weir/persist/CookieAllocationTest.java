package dev.weir.persist;

import static dev.weir.sample.Allocation.assertAllocatesNothing;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import org.junit.jupiter.api.Test;

class CookieAllocationTest {
    @Test
    void shouldHandleCookiesOfAnExchangeWithoutAllocating() {
        CookieSettings settings = new CookieSettings("SRV");
        settings.mode = CookieSettings.Mode.INSERT;
        settings.isIndirect = settings.isNoCache = true;
        settings.maxIdleSeconds = settings.maxLifeSeconds = 3600;
        CookieFixture backend = new CookieFixture(settings).server("s1", "v1").server("s2", "v2");
        backend.pool();
        MessageHead request = backend.exchange.request();
        MessageHead received = new MessageHead(100, 16_384);
        CookieFixture.fill(received, FieldName.COOKIE, "JSESSIONID=0123456789; SRV=v2|awesA|awesA; theme=dark");
        var source = received.bytes(received.value(0));
        long name = received.name(0);
        long value = received.value(0);

        assertAllocatesNothing(20_000, () -> {
            backend.exchange.start(1);
            backend.request.reset();
            request.source(source);
            request.method(name);
            request.add(name, value);
            backend.cookies.bind(settings, backend.exchange, backend.pool(), backend.request, false, CookieFixture.NOW);
            backend.exchange.response().status(200);
            backend.cookies.mark(settings, backend.exchange, backend.request.direct, true, CookieFixture.NOW);
        });
    }
}
