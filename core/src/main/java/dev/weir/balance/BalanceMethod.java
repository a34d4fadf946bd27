package dev.weir.balance;

import java.util.function.BiFunction;

/**
 * One row of {@link BalanceAlgorithms}: a word of the {@code balance} line.
 *
 * @param keyword as configured
 * @param description one line for the documentation
 * @param isHash whether the session itself decides: such a session waits for its server, and is not moved to another one lightly
 * @param isDynamic whether a weight may take any value while the proxy runs, and slow start works
 * @param queuesBehindOthers whether a new session waits as soon as others wait for the backend, because they prove that all servers are full
 * @param factory makes it for settings and servers in declaration order
 */
public record BalanceMethod(
        String keyword,
        String description,
        boolean isHash,
        boolean isDynamic,
        boolean queuesBehindOthers,
        BiFunction<BalanceSettings, Target[], BalanceAlgorithm> factory) {
    @Override
    public String toString() {
        return keyword;
    }
}
