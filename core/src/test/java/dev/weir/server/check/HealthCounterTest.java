package dev.weir.server.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.CheckSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCounterTest {
    private final CheckSettings settings = new CheckSettings();
    private HealthCounter counter;

    @BeforeEach
    void setUp() {
        settings.rise = 2;
        settings.fall = 3;
        counter = new HealthCounter(settings);
    }

    @Test
    void shouldStartUpWithOneFailureLeft() {
        assertThat(counter.text(true)).isEqualTo("1/3 UP");

        assertThat(counter.failure()).isTrue();

        assertThat(counter.text(true)).isEqualTo("0/2 DOWN");
    }

    @Test
    void shouldFallAtTheThirdFailureOnly() {
        counter.success();
        assertThat(counter.text(true)).isEqualTo("3/3 UP");

        counter.failure();
        counter.failure();
        assertThat(counter.text(true)).isEqualTo("1/3 UP");
        counter.failure();
        assertThat(counter.isUp()).isFalse();
        assertThat(counter.failure()).isFalse();
    }

    @Test
    void shouldRiseAtTheSecondSuccessAndForgetOneAtAFailure() {
        counter.set(false);

        counter.success();
        assertThat(counter.text(true)).isEqualTo("1/2 DOWN");
        counter.failure();
        assertThat(counter.value()).isZero();
        counter.success();
        counter.success();
        assertThat(counter.text(false)).isEqualTo("3/3 DRAIN");
        assertThat(counter.success()).isFalse();
    }

    @Test
    void shouldStartAsConfigured() {
        counter.restart(CheckSettings.InitialState.FULLY_UP);
        assertThat(counter.text(true)).isEqualTo("3/3 UP");
        counter.restart(CheckSettings.InitialState.DOWN);
        assertThat(counter.text(true)).isEqualTo("1/2 DOWN");
        counter.restart(CheckSettings.InitialState.FULLY_DOWN);
        assertThat(counter.text(true)).isEqualTo("0/2 DOWN");
    }

    @Test
    void shouldStayOnItsSideWhenLimitsChange() {
        counter.success();
        CheckSettings fresh = new CheckSettings();
        fresh.rise = 5;
        fresh.fall = 2;

        counter.adopt(fresh);

        assertThat(counter.text(true)).isEqualTo("2/2 UP");
        counter.set(false);
        fresh.rise = 1;
        counter.adopt(fresh);
        assertThat(counter.text(true)).isEqualTo("0/1 DOWN");
    }
}
