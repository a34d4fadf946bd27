package dev.weir.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "5,5",
        "5ms,5",
        "5s,5000",
        "2m,120000",
        "1h,3600000",
        "24d,2073600000",
        "1us,1",
        "1000us,1",
        "1001us,2",
        "2147483647,2147483647",
        "2147483648,-1",
        "25d,-1",
        "99999999999999999999,-1",
        "1x,-2",
        "1.5s,-2",
        "-1,-2",
        "s,-2",
        "5 s,-2",
        "1sec,-2",
        "0x10,-2"
    })
    void shouldReadTimesInMilliseconds(String text, long expected) {
        assertEquals(expected, Quantity.timeMs(text, 1));
    }

    @ParameterizedTest
    @CsvSource({"5,5000", "5ms,5", "1m,60000"})
    void shouldCountBareTimesInTheDefaultUnit(String text, long expected) {
        assertEquals(expected, Quantity.timeMs(text, 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "16384,16384",
        "16k,16384",
        "16K,16384",
        "1m,1048576",
        "3g,3221225472",
        "4g,-1",
        "99999999999999999999k,-1",
        "1.5k,-2",
        "-1,-2",
        "k,-2",
        "1kb,-2",
        "1t,-2"
    })
    void shouldReadSizes(String text, long expected) {
        assertEquals(expected, Quantity.size(text));
    }
}
