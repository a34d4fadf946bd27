package dev.weir.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.clock.Clock;
import org.junit.jupiter.api.Test;

class Ipv6GatewayTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private long nowNs = 5 * SECOND_NS;
    private int looks;
    private boolean hasWay = true;

    private final Clock clock = new Clock() {
        @Override
        public long nanoTime() {
            return nowNs;
        }

        @Override
        public long epochMicros() {
            throw new UnsupportedOperationException();
        }
    };

    private final Ipv6Gateway gateway = new Ipv6Gateway(clock, () -> {
        looks++;
        return hasWay;
    });

    @Test
    void shouldLookOnceInThirtySeconds() {
        assertThat(gateway.isThere()).isTrue();
        hasWay = false;

        nowNs += 30 * SECOND_NS - 1;
        assertThat(gateway.isThere()).isTrue();
        assertThat(looks).isEqualTo(1);

        nowNs++;
        assertThat(gateway.isThere()).isFalse();
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void shouldFindAWayThatComesLater() {
        hasWay = false;
        assertThat(gateway.isThere()).isFalse();
        hasWay = true;

        nowNs += 30 * SECOND_NS;

        assertThat(gateway.isThere()).isTrue();
    }
}
