package dev.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.bridge.transport.SocketName;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderDecoderTest {
    private static final byte[] V2_IPV4 = {
        0x0D,
        0x0A,
        0x0D,
        0x0A,
        0x00,
        0x0D,
        0x0A,
        0x51,
        0x55,
        0x49,
        0x54,
        0x0A,
        0x21,
        0x11,
        0x00,
        0x10,
        10,
        0,
        0,
        1,
        10,
        0,
        0,
        2,
        0x1F,
        (byte) 0x90,
        0x00,
        0x50,
        0x04,
        0x00,
        0x01,
        0x55
    };

    private final ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
    private final SocketName source = new SocketName();
    private final SocketName destination = new SocketName();

    private int decode(String text) {
        return decode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private int decode(byte[] bytes) {
        return decoder.decode(new UnsafeBuffer(bytes), bytes.length, source, destination);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 1.2.3.4 5.6.7.8 1000 80, 1.2.3.4:1000, 5.6.7.8:80",
        "PROXY TCP6 2001:db8::1 ::1 1 65535, [2001:db8:0:0:0:0:0:1]:1, [0:0:0:0:0:0:0:1]:65535",
        "PROXY TCP6 1:2:3:4:5:6:7:8 1::8 1 2, [1:2:3:4:5:6:7:8]:1, [1:0:0:0:0:0:0:8]:2",
        "PROXY TCP6 64:ff9b::1.2.3.4 :: 1 2, [64:ff9b:0:0:0:0:102:304]:1, [0:0:0:0:0:0:0:0]:2",
    })
    void shouldReadATextHeader(String line, String expectedSource, String expectedDestination) {
        int length = decode(line + "\r\nrest");

        assertEquals(line.length() + 2, length);
        assertTrue(decoder.hasAddresses());
        assertEquals(expectedSource, source.toString());
        assertEquals(expectedDestination, destination.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1000\r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1000 80 \r\n",
                "PROXY TCP4 1.2.3.4 5.6.7.8 1000 65536\r\n",
                "PROXY TCP4 1.2.3.256 5.6.7.8 1000 80\r\n",
                "PROXY TCP4 1.2.3.4  5.6.7.8 1000 80\r\n",
                "PROXY TCP4 ::1 ::2 1000 80\r\n",
                "PROXY TCP4 01.2.3.4 5.6.7.8 1000 80\r\n",
                "PROXY TCP6 1::2::3 ::2 1000 80\r\n",
                "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::2 1000 80\r\n",
                "PROXY TCP6 1:2:3 ::2 1000 80\r\n",
                "PROXY TCP5 1.2.3.4 5.6.7.8 1000 80\r\n",
                "PROXY UNKNOWNX\r\n",
                "PROXX",
            })
    void shouldRefuseWhatIsNoHeader(String text) {
        int length = decode(text);

        assertEquals(ProxyHeaderDecoder.INVALID, length);
    }

    @Test
    void shouldKeepTheRealAddressesForUnknown() {
        int length = decode("PROXY UNKNOWN ff:: whatever\r\n");

        assertEquals(29, length);
        assertFalse(decoder.hasAddresses());
    }

    @Test
    void shouldRefuseATextHeaderLongerThan107Bytes() {
        int length = decode("PROXY TCP4 1.2.3.4 " + "1".repeat(90));

        assertEquals(ProxyHeaderDecoder.INVALID, length);
    }

    @Test
    void shouldReadABinaryHeaderWithFields() {
        int length = decode(V2_IPV4);

        assertEquals(32, length);
        assertEquals("10.0.0.1:8080", source.toString());
        assertEquals("10.0.0.2:80", destination.toString());
        assertEquals(28, decoder.fieldsOffset());
        assertEquals(4, decoder.fieldsLength());
    }

    @Test
    void shouldKeepTheRealAddressesForALocalCommand() {
        byte[] local = V2_IPV4.clone();
        local[12] = 0x20;

        assertEquals(32, decode(local));
        assertFalse(decoder.hasAddresses());
    }

    @Test
    void shouldAskForMoreAtEverySplitAndNeverReadBeyondTheBytesGiven() {
        byte[] text = "PROXY TCP4 1.2.3.4 5.6.7.8 1000 80\r\n".getBytes(StandardCharsets.ISO_8859_1);

        for (byte[] whole : new byte[][] {text, V2_IPV4}) {
            for (int length = 1; length < whole.length; length++) {
                assertEquals(
                        ProxyHeaderDecoder.INCOMPLETE,
                        decode(java.util.Arrays.copyOf(whole, length)),
                        "after " + length + " bytes");
            }
        }
    }

    @Test
    void shouldAnswerAnyBytesWithoutFailing() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);

        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = V2_IPV4.clone();
            if (random.nextBoolean()) {
                bytes = "PROXY TCP6 2001:db8::1 ::1.2.3.4 1 65535\r\n".getBytes(StandardCharsets.ISO_8859_1);
            }
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int length = decode(bytes);
            assertTrue(length >= ProxyHeaderDecoder.INVALID && length <= bytes.length);
        }
    }
}
