package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes are those that HAProxy 3.2.26 sent for the same addresses. */
class ProxyHeaderWriterTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private final UnsafeBuffer out = new UnsafeBuffer(new byte[ProxyHeaderWriter.BYTES_MAX]);

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 5.6.7.8, PROXY TCP4 1.2.3.4 5.6.7.8 1000 80",
        "2001:db8::1, ::1, PROXY TCP6 2001:db8::1 ::1 1000 80",
        "1.2.3.4, ::1, PROXY UNKNOWN",
        "fe80:0:0:1::, 1:0:2:0:0:3:0:0, PROXY TCP6 fe80:0:0:1:: 1:0:2::3:0:0 1000 80"
    })
    void shouldWriteALineInVersion1(String source, String destination, String expected) throws Exception {
        int length = ProxyHeaderWriter.write(ProxyProtocol.V1, request(source, destination), out);

        assertThat(out.getStringWithoutLengthAscii(0, length)).isEqualTo(expected + "\r\n");
    }

    @Test
    void shouldWriteIpv4WithChecksumAndUniqueId() throws Exception {
        int length = ProxyHeaderWriter.write(
                new ProxyProtocol(2, true, true, true, false), withUniqueId(request("1.2.3.4", "5.6.7.8")), out);

        assertThat(hex(length))
                .isEqualTo(SIGNATURE + "2111001d" + "010203040506070803e80050" + "03000469bc8efd"
                        + "05000775696431303030");
    }

    @Test
    void shouldWriteIpv6WithChecksumAndUniqueId() throws Exception {
        int length = ProxyHeaderWriter.write(
                new ProxyProtocol(2, true, true, true, false), withUniqueId(request("2001:db8::1", "::1")), out);

        assertThat(hex(length))
                .isEqualTo(SIGNATURE + "21210035" + "20010db8000000000000000000000001"
                        + "00000000000000000000000000000001" + "03e80050" + "030004736ae0c9"
                        + "05000775696431303030");
    }

    @Test
    void shouldMapIpv4WhenFamiliesDiffer() throws Exception {
        int length = ProxyHeaderWriter.write(ProxyProtocol.V2, request("1.2.3.4", "::1"), out);

        assertThat(hex(length))
                .isEqualTo(SIGNATURE + "21210024" + "00000000000000000000ffff01020304"
                        + "00000000000000000000000000000001" + "03e80050");
    }

    @Test
    void shouldSayUnspecifiedWithoutAddresses() {
        int length = ProxyHeaderWriter.write(ProxyProtocol.V2, new SessionRequest(), out);

        assertThat(hex(length)).isEqualTo(SIGNATURE + "21000000");
    }

    @Test
    void shouldSayLocalForChecks() throws Exception {
        SessionRequest request = request("1.2.3.4", "5.6.7.8");

        int length = ProxyHeaderWriter.writeLocal(ProxyProtocol.V2, request.client, request.clientDestination, out);

        assertThat(hex(length)).isEqualTo(SIGNATURE + "20000000");

        var neverLocal = new ProxyProtocol(2, false, false, false, true);
        length = ProxyHeaderWriter.writeLocal(neverLocal, request.client, request.clientDestination, out);

        assertThat(hex(length)).isEqualTo(SIGNATURE + "21000000");
    }

    private String hex(int length) {
        return HexFormat.of().formatHex(out.byteArray(), 0, length);
    }

    private static SessionRequest request(String source, String destination) throws UnknownHostException {
        SessionRequest request = new SessionRequest();
        request.client.inet(InetAddress.getByName(source), 1000);
        request.clientDestination.inet(InetAddress.getByName(destination), 80);
        return request;
    }

    private static SessionRequest withUniqueId(SessionRequest request) {
        request.uniqueId.wrap("uid1000".getBytes(StandardCharsets.US_ASCII));
        request.hasUniqueId = true;
        return request;
    }
}
