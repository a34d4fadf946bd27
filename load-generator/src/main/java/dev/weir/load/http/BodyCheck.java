package dev.weir.load.http;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.agrona.DirectBuffer;

/** Sums up a body while it arrives, when an {@link Expectation} asks for it. Thread: the connection's. */
final class BodyCheck {
    private static final int SHA256_BYTES = 32;

    private final CRC32 crc32 = new CRC32();
    private final byte[] copy = new byte[4096];
    private final byte[] digest = new byte[SHA256_BYTES];
    private final MessageDigest sha256;
    private Expectation.BodyRule rule = Expectation.BodyRule.ANY;

    BodyCheck() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    void begin(Expectation expectation) {
        rule = expectation.bodyRule();
        crc32.reset();
    }

    void add(DirectBuffer input, int offset, int length) {
        if (rule == Expectation.BodyRule.ANY) {
            return;
        }
        for (int done = 0; done < length; ) {
            int part = Math.min(copy.length, length - done);
            input.getBytes(offset + done, copy, 0, part);
            if (rule == Expectation.BodyRule.SHA256) {
                sha256.update(copy, 0, part);
            } else {
                crc32.update(copy, 0, part);
            }
            done += part;
        }
    }

    /** To be asked once, when the body is complete. */
    boolean accepts(Expectation expectation, long bytes) {
        return switch (rule) {
            case ANY -> true;
            case CRC32 -> expectation.acceptsCrc32(crc32.getValue());
            case SAME -> expectation.acceptsAsFirst(bytes, crc32.getValue());
            case SHA256 -> Arrays.equals(finish(), expectation.sha256());
        };
    }

    private byte[] finish() {
        try {
            sha256.digest(digest, 0, digest.length);
            return digest;
        } catch (DigestException e) {
            throw new AssertionError("the array is as long as the digest", e);
        }
    }

    /** The answer ends before its body is complete. */
    void abandon() {
        sha256.reset();
    }
}
