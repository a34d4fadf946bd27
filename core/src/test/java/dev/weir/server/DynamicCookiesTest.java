package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DynamicCookiesTest {
    private static final DynamicCookies COOKIES = new DynamicCookies(true, "MyKey");

    private static Endpoint at(String address, int port) throws UnknownHostException {
        return new Endpoint.Inet(InetAddress.getByName(address), port);
    }

    /** The figures are those of HAProxy 3.2.26 for the same key and addresses. */
    @Test
    void shouldHashAsHaproxyDoes() throws UnknownHostException {
        assertThat(COOKIES.of(at("192.0.2.7", 8080)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("5eaae8724d18485f");
        assertThat(COOKIES.of(at("2001:db8::7", 443)))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("52eb5d3982862731");
    }

    @Test
    void shouldHaveNoneWithoutAKeyOrAnAddress() throws UnknownHostException {
        assertThat(new DynamicCookies(true, "").of(at("192.0.2.7", 8080))).isNull();
        assertThat(new DynamicCookies(false, "MyKey").of(at("192.0.2.7", 8080))).isNull();
        assertThat(COOKIES.of(new Endpoint.Unix("/run/server.sock"))).isNull();
    }
}
