package dev.weir.config.model;

import java.util.List;

/**
 * {@code balance <algorithm> [arguments]}.
 *
 * @param draws of {@code random}, 0 otherwise
 * @param expression words of {@code hash <expression>}, empty otherwise
 */
public record BalanceLine(Position at, Algorithm algorithm, int draws, List<String> expression) {
    /** The algorithms that work on layer 4. */
    public enum Algorithm {
        ROUNDROBIN("roundrobin"),
        STATIC_RR("static-rr"),
        LEASTCONN("leastconn"),
        FIRST("first"),
        RANDOM("random"),
        SOURCE("source"),
        HASH("hash");

        private final String keyword;

        Algorithm(String keyword) {
            this.keyword = keyword;
        }

        public String keyword() {
            return keyword;
        }
    }
}
