package dev.weir.load.http;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;

/** What an answer has to be to count as one. Shared by all connections. */
public final class Expectation {
    /** How the body is checked. Closed set. */
    public enum BodyRule {
        /** Not at all. */
        ANY,
        /** Its CRC-32 is known. */
        CRC32,
        /** Its SHA-256 is known. */
        SHA256,
        /** It is the same every time. */
        SAME
    }

    private static final int STATUSES = 1000;
    private static final long UNKNOWN = -1;

    private final BitSet statuses = new BitSet(STATUSES);
    private long length = UNKNOWN;
    private BodyRule bodyRule = BodyRule.ANY;
    private long crc32;
    private byte[] sha256;
    /** Length and CRC-32 of the first body, with {@link BodyRule#SAME}. */
    private final AtomicLong first = new AtomicLong(UNKNOWN);

    /** Statuses 200 to 399, any length, any body. */
    public Expectation() {
        statuses.set(200, 400);
    }

    /** Exactly these statuses: {@code 200}, {@code 3xx}. */
    public Expectation statuses(Iterable<String> words) {
        statuses.clear();
        for (String word : words) {
            if (word.matches("[1-9][0-9][0-9]")) {
                statuses.set(Integer.parseInt(word));
            } else if (word.matches("[1-9]xx")) {
                int hundred = (word.charAt(0) - '0') * 100;
                statuses.set(hundred, hundred + 100);
            } else {
                throw new IllegalArgumentException("'" + word + "' is no status such as 200 or 3xx");
            }
        }
        return this;
    }

    public Expectation length(long bytes) {
        length = bytes;
        return this;
    }

    public Expectation crc32(long value) {
        bodyRule = BodyRule.CRC32;
        crc32 = value;
        return this;
    }

    public Expectation sha256(byte[] value) {
        bodyRule = BodyRule.SHA256;
        sha256 = value.clone();
        return this;
    }

    public Expectation sameBody() {
        bodyRule = BodyRule.SAME;
        return this;
    }

    public BodyRule bodyRule() {
        return bodyRule;
    }

    public boolean acceptsStatus(int status) {
        return statuses.get(status);
    }

    public boolean acceptsLength(long bytes) {
        return length == UNKNOWN || length == bytes;
    }

    boolean acceptsCrc32(long value) {
        return value == crc32;
    }

    byte[] sha256() {
        return sha256;
    }

    /** Whether a body is the first one, or like it. Any thread. */
    boolean acceptsAsFirst(long bytes, long crc) {
        long mark = (bytes << 32 | crc) & Long.MAX_VALUE;
        return first.compareAndSet(UNKNOWN, mark) || first.get() == mark;
    }
}
