package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bridge.transport.SocketName;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashFunctionTest {
    @ParameterizedTest
    @CsvSource({
        "SDBM, 905707648, 3103804144",
        "DJB2, 2589693061, 600622701",
        "CRC32, 688229491, 4230317029",
        "WT6, 4090277559, 1192658767"
    })
    void shouldGiveTheCheckValuesOfAllBytes(HashFunction function, long plain, long spread) {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        UnsafeBuffer key = new UnsafeBuffer(bytes);

        int hash = function.hash(key, 0, bytes.length);

        assertThat(Integer.toUnsignedLong(hash)).isEqualTo(plain);
        assertThat(Integer.toUnsignedLong(Avalanche.mix(hash))).isEqualTo(spread);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "12, 12",
        "-5, -5",
        "+7, 7",
        "4294967297, 1",
        "99999999999999999999, -1",
        "-99999999999999999999, 0",
        "12x9, 12",
        "abc, 0"
    })
    void shouldReadNumbers(String text, int expected) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(HashFunction.NONE.hash(new UnsafeBuffer(bytes), 0, bytes.length))
                .isEqualTo(expected);
    }

    @Test
    void shouldFoldAddressesWhateverTheFunction() {
        SocketName ipv4 = new SocketName().ipv4(0x0A000001, 5);
        SocketName ipv6 = new SocketName().ipv6(0x2001_0DB8_0000_0000L, 1, 5);

        assertThat(HashType.MAP_BASED.hashSource(ipv4)).isEqualTo(0x0A000001);
        assertThat(new HashType(false, HashFunction.WT6, false).hashSource(ipv4))
                .isEqualTo(0x0A000001);
        assertThat(HashType.MAP_BASED.hashSource(ipv6)).isEqualTo(0x2001_0DB8 ^ 1);
        assertThat(HashType.CONSISTENT.hashSource(ipv4)).isEqualTo(Avalanche.mix(0x0A000001));
        assertThat(HashType.hasSource(new SocketName().unix())).isFalse();
    }
}
