package dev.weir.config.parse;

import java.util.List;

/** The version of HAProxy whose language this is, and what conditions may ask about the program. */
public final class Compatibility {
    /** What {@code version_atleast()} compares with. */
    public static final String VERSION = "3.2.0";

    /** HAPROXY_BRANCH. */
    public static final String BRANCH = "3.2";

    /** What {@code feature()} finds: names that HAProxy's build list has, and that are true here. */
    public static final List<String> FEATURES = List.of(
            "CPU_AFFINITY", "GETADDRINFO", "LINUX_SPLICE", "NETFILTER", "RT", "SHM_OPEN", "TFO", "THREAD", "TPROXY");

    /** What {@code enabled()} finds. */
    public static final List<String> ENABLED = List.of("FAST-FORWARD", "GETADDRINFO", "REUSEPORT", "SPLICE");

    private Compatibility() {}

    /** Negative if {@link #VERSION} is older than the given one, 0 if equal, positive if newer. */
    static int compareWith(String version) {
        long own = number(VERSION);
        long other = number(version);
        return Long.compare(own, other);
    }

    /** A version as one number; {@code 3.2-dev5} comes before {@code 3.2.0}, missing parts are 0. */
    private static long number(String version) {
        long number = 0;
        int at = 0;
        for (int part = 0; part < 2; part++) {
            long value = 0;
            while (at < version.length() && isDigit(version.charAt(at))) {
                value = Math.min(value * 10 + version.charAt(at++) - '0', 9999);
            }
            number = number * 10_000 + value;
            if (at < version.length() && version.charAt(at) == '.') {
                at++;
            }
        }
        return number * 100_000 + patch(version, at);
    }

    private static long patch(String version, int at) {
        boolean isDevelopment = version.startsWith("-dev", at);
        int digitAt = isDevelopment ? at + 4 : at;
        long value = 0;
        while (digitAt < version.length() && isDigit(version.charAt(digitAt))) {
            value = Math.min(value * 10 + version.charAt(digitAt++) - '0', 9999);
        }
        return isDevelopment ? value : 10_000 + value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
