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
        int length = ProxyHeaderWriter.write(ProxyProtocol.V1, null, request(source, destination), out);

        assertThat(out.getStringWithoutLengthAscii(0, length)).isEqualTo(expected + "\r\n");
    }

    @Test
    void shouldWriteIpv4WithChecksumAndUniqueId() throws Exception {
        int length = ProxyHeaderWriter.write(
                new ProxyProtocol(2, true, true, true, false), null, withUniqueId(request("1.2.3.4", "5.6.7.8")), out);

        assertThat(hex(length))
                .isEqualTo(SIGNATURE + "2111001d" + "010203040506070803e80050" + "03000469bc8efd"
                        + "05000775696431303030");
    }

    @Test
    void shouldWriteIpv6WithChecksumAndUniqueId() throws Exception {
        int length = ProxyHeaderWriter.write(
                new ProxyProtocol(2, true, true, true, false), null, withUniqueId(request("2001:db8::1", "::1")), out);

        assertThat(hex(length))
                .isEqualTo(SIGNATURE + "21210035" + "20010db8000000000000000000000001"
                        + "00000000000000000000000000000001" + "03e80050" + "030004736ae0c9"
                        + "05000775696431303030");
    }

    @Test
    void shouldMapIpv4WhenFamiliesDiffer() throws Exception {
        int length = ProxyHeaderWriter.write(ProxyProtocol.V2, null, request("1.2.3.4", "::1"), out);

        assertThat(hex(length))
                .isEqualTo(SIGNATURE + "21210024" + "00000000000000000000ffff01020304"
                        + "00000000000000000000000000000001" + "03e80050");
    }

    @Test
    void shouldWriteFieldsOfTheSessionBehindTheAddresses() throws Exception {
        SessionRequest request = withUniqueId(request("1.2.3.4", "5.6.7.8"));
        request.headerFields = (server, header, end, bytesMax) ->
                ProxyHeaderWriter.writeField(0xE0, new UnsafeBuffer(new byte[] {'a', 'b', 'c'}), 2, header, end);

        int length = ProxyHeaderWriter.write(new ProxyProtocol(2, false, false, true, false), null, request, out);

        assertThat(hex(length))
                .isEqualTo(SIGNATURE + "2111001b" + "010203040506070803e80050" + "e000026162" + "05000775696431303030");
    }

    @Test
    void shouldLeaveRoomBehindFieldsOfTheSession() throws Exception {
        SessionRequest request = request("2001:db8::1", "::1");
        int[] room = new int[1];
        request.headerFields = (server, header, end, bytesMax) -> {
            room[0] = bytesMax - end;
            return end;
        };

        ProxyHeaderWriter.write(ProxyProtocol.V2, null, request, out);

        assertThat(room[0]).isEqualTo(16384 - ProxyHeaderWriter.BYTES_MAX);
    }

    @Test
    void shouldSayUnspecifiedWithoutAddresses() {
        int length = ProxyHeaderWriter.write(ProxyProtocol.V2, null, new SessionRequest(), out);

        assertThat(hex(length)).isEqualTo(SIGNATURE + "21000000");
    }

    @Test
    void shouldSayLocalForChecks() throws Exception {
        assertThat(hex(writeLocal(ProxyProtocol.V2, null))).isEqualTo(SIGNATURE + "20000000");
    }

    @Test
    void shouldSayAddressesOfChecksThatAreNotCalledLocal() throws Exception {
        var neverLocal = new ProxyProtocol(2, true, false, true, true);

        assertThat(hex(writeLocal(neverLocal, null))).isEqualTo(SIGNATURE + "2111000c" + "010203040506070803e80050");
    }

    @Test
    void shouldAddFieldsAndAChecksumToWhatIsLocal() throws Exception {
        HeaderFields fields = (server, header, end, bytesMax) ->
                ProxyHeaderWriter.writeField(1, new UnsafeBuffer(new byte[] {'a'}), 1, header, end);

        int length = writeLocal(new ProxyProtocol(2, true, true, true, false), fields);

        assertThat(hex(length))
                .startsWith(SIGNATURE + "2000000b" + "01000161" + "030004")
                .hasSize(2 * (16 + 11));
    }

    private int writeLocal(ProxyProtocol protocol, HeaderFields fields) throws UnknownHostException {
        SessionRequest names = request("1.2.3.4", "5.6.7.8");
        return ProxyHeaderWriter.writeLocal(protocol, null, names.client, names.clientDestination, fields, out);
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
