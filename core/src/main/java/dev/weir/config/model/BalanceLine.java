package dev.weir.config.model;

import java.util.List;

/**
 * {@code balance <algorithm> [arguments]}.
 *
 * @param draws of {@code random}, 0 otherwise
 * @param expression words of {@code hash <expression>}, empty otherwise
 * @param name of the field, parameter or cookie that is hashed, empty otherwise
 * @param part how much of it is hashed
 */
public record BalanceLine(
        Position at, Algorithm algorithm, int draws, List<String> expression, String name, Part part) {
    /** In order of the manual. */
    public enum Algorithm {
        ROUNDROBIN("roundrobin"),
        STATIC_RR("static-rr"),
        LEASTCONN("leastconn"),
        FIRST("first"),
        RANDOM("random"),
        SOURCE("source"),
        HASH("hash"),
        URI("uri"),
        URL_PARAM("url_param"),
        HDR("hdr"),
        RDP_COOKIE("rdp-cookie");

        private final String keyword;

        Algorithm(String keyword) {
            this.keyword = keyword;
        }

        public String keyword() {
            return keyword;
        }

        /** Whether it looks into HTTP requests. */
        public boolean needsHttp() {
            return this == URI || this == URL_PARAM || this == HDR;
        }
    }

    /**
     * The modifiers of {@code uri} and {@code hdr}.
     *
     * @param length bytes at most, 0 for no limit
     * @param depth slashes at most, 0 for no limit
     */
    public record Part(int length, int depth, boolean whole, boolean pathOnly, boolean domainOnly) {
        public static final Part ALL = new Part(0, 0, false, false, false);
    }

    /** One without arguments. */
    public static BalanceLine plain(Position at, Algorithm algorithm) {
        return new BalanceLine(at, algorithm, 0, List.of(), "", Part.ALL);
    }
}
