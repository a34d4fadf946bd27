package dev.weir.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.bridge.transport.SocketName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.1.2.3/8, 10.0.0.0, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/255.255.0.0, 10.0.3.4, true",
        "10.0.0.0/255.255.0.0, 10.1.3.4, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::1:0/112, 2001:db8::1:ffff, true",
        "2001:db8::1:0/112, 2001:db8::2:1, false",
        "::1, ::1, true",
        "::/0, 10.0.0.1, true",
        "::ffff:10.0.0.0/104, 10.9.9.9, true",
        "::ffff:10.0.0.0/104, 11.9.9.9, false"
    })
    void shouldContain(String network, String address, boolean isInside) throws UnknownHostException {
        SocketName name = new SocketName().inet(InetAddress.getByName(address), 80);

        assertEquals(isInside, Network.parse(network).contains(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/", "10.0.0.0/33", "10.0.0/8", "::/129", "localhost", "10.0.0.0/a", "10.0.0.0/-1"})
    void shouldRefuse(String text) {
        assertNull(Network.parse(text));
    }
}
