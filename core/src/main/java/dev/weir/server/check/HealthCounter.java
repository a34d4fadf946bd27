package dev.weir.server.check;

import dev.weir.server.CheckSettings;

/**
 * HAProxy's health number: from 0 to rise + fall - 1, up from {@code rise} on. A success at or above {@code rise} fills it, a
 * failure below empties it. Changes are guarded by its owner; anybody may read.
 */
final class HealthCounter {
    private volatile int value;
    private volatile int rise;
    private volatile int fall;

    HealthCounter(CheckSettings settings) {
        rise = settings.rise;
        fall = settings.fall;
        restart(settings.initialState);
    }

    void restart(CheckSettings.InitialState state) {
        value = switch (state) {
            case FULLY_UP -> maximum();
            case UP -> rise;
            case DOWN -> rise - 1;
            case FULLY_DOWN -> 0;
        };
    }

    /** Takes over other limits and stays on its side of them. */
    void adopt(CheckSettings settings) {
        if (rise == settings.rise && fall == settings.fall) {
            return;
        }
        boolean isUp = isUp();
        boolean isFull = value == maximum();
        rise = settings.rise;
        fall = settings.fall;
        value = !isUp ? Math.min(value, rise - 1) : isFull ? maximum() : Math.clamp(value, rise, maximum());
    }

    /** @return whether it changed */
    boolean success() {
        if (value == maximum()) {
            return false;
        }
        value = value + 1 >= rise ? maximum() : value + 1;
        return true;
    }

    /** @return whether it changed */
    boolean failure() {
        if (value == 0) {
            return false;
        }
        value = value - 1 < rise ? 0 : value - 1;
        return true;
    }

    /** The next failure but one, or the next, takes it down: before {@code sudden-death} and {@code mark-down}. */
    void lowerTo(int failuresLeft) {
        if (value > rise || failuresLeft == 1) {
            value = rise + failuresLeft - 1;
        }
    }

    void restore(int former) {
        value = Math.clamp(former, 0, maximum());
    }

    void set(boolean isUp) {
        value = isUp ? maximum() : 0;
    }

    boolean isUp() {
        return value >= rise;
    }

    boolean isFull() {
        return value == maximum();
    }

    int value() {
        return value;
    }

    int rise() {
        return rise;
    }

    int fall() {
        return fall;
    }

    /** {@code 2/3 UP}. */
    String text(boolean hasWeight) {
        return isUp() ? (value - rise + 1) + "/" + fall + (hasWeight ? " UP" : " DRAIN") : value + "/" + rise + " DOWN";
    }

    private int maximum() {
        return rise + fall - 1;
    }
}
