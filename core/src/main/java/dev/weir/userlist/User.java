package dev.weir.userlist;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;

/**
 * One user. A password that was right once is remembered as a keyed digest, so that a browser, which sends it with every request,
 * costs a hash of milliseconds only the first time. Any thread.
 */
public final class User {
    private static final int DIGEST_BYTES = 32;
    private static final byte[] PROCESS_KEY = new byte[DIGEST_BYTES];

    static {
        new SecureRandom().nextBytes(PROCESS_KEY);
    }

    private final String name;
    private final byte[] nameBytes;
    private final byte[] plainPassword;
    private final String hash;
    private final Set<String> groups;
    private final AtomicReference<Digest> spare = new AtomicReference<>();
    private volatile byte[] knownRight;

    /**
     * @param password the password itself, or its hash; empty for a user nobody can be
     * @param isPlain {@code insecure-password}
     */
    public User(String name, String password, boolean isPlain, Set<String> groups) {
        this.name = name;
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.plainPassword = isPlain ? password.getBytes(StandardCharsets.UTF_8) : null;
        this.hash = password;
        this.groups = Set.copyOf(groups);
    }

    public String name() {
        return name;
    }

    public boolean isIn(String group) {
        return groups.contains(group);
    }

    boolean isNamed(byte[] text, int length) {
        return Arrays.equals(nameBytes, 0, nameBytes.length, text, 0, length);
    }

    boolean isNamed(DirectBuffer text, int length) {
        if (length != nameBytes.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.getByte(i) != nameBytes[i]) {
                return false;
            }
        }
        return true;
    }

    boolean hasPassword(byte[] text, int offset, int length) {
        if (hash.isEmpty()) {
            return false;
        }
        if (plainPassword != null) {
            return isPlainPassword(text, offset, length);
        }
        Digest digest = take();
        boolean isRight = knownRight != null && digest.of(text, offset, length, knownRight);
        if (!isRight && Crypt.matches(text, offset, length, hash)) {
            knownRight = digest.copyOf(text, offset, length);
            isRight = true;
        }
        spare.set(digest);
        return isRight;
    }

    /** Takes the same time wherever they differ. */
    private boolean isPlainPassword(byte[] text, int offset, int length) {
        int difference = length ^ plainPassword.length;
        for (int i = 0; i < Math.min(length, plainPassword.length); i++) {
            difference |= text[offset + i] ^ plainPassword[i];
        }
        return difference == 0;
    }

    private Digest take() {
        Digest digest = spare.getAndSet(null);
        return digest == null ? new Digest() : digest;
    }

    /** Made once for each thread that checks at the same time. */
    private static final class Digest {
        private final MessageDigest sha256;
        private final byte[] value = new byte[DIGEST_BYTES];

        Digest() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        private byte[] compute(byte[] text, int offset, int length) {
            sha256.update(PROCESS_KEY);
            sha256.update(text, offset, length);
            try {
                sha256.digest(value, 0, value.length);
            } catch (DigestException e) {
                throw new IllegalStateException("32 bytes are enough for SHA-256", e);
            }
            return value;
        }

        boolean of(byte[] text, int offset, int length, byte[] expected) {
            return MessageDigest.isEqual(compute(text, offset, length), expected);
        }

        byte[] copyOf(byte[] text, int offset, int length) {
            return compute(text, offset, length).clone();
        }
    }
}
