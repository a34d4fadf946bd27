package dev.weir.cli;

import dev.weir.balance.XxHash32;
import java.nio.charset.StandardCharsets;

/**
 * {@code set anon}: what stands in an answer for names and addresses, so that it can be shown to others: the same for the same key,
 * and what HAProxy writes with that key. Immutable.
 *
 * @param key unsigned 32 bits, 0 if all is shown as it is
 */
public record Anonymity(int key) {
    public static final Anonymity OFF = new Anonymity(0);

    private static final int DIGITS = 0xFFFFFF;

    /** Of a proxy, a server, a listener, a client's address, a path: six hexadecimal digits. */
    public String word(String text) {
        return key == 0 ? text : hash(text);
    }

    /** Of a server's address, which tells its family; one of this machine is shown as it is. */
    public String address(String text) {
        if (key == 0 || text.startsWith("127.") || text.equals("::1") || text.equals("-")) {
            return text;
        }
        return (text.indexOf(':') < 0 ? "IPV4(" : "IPV6(") + hash(text) + ')';
    }

    private String hash(String text) {
        return "%06x".formatted(XxHash32.of(text.getBytes(StandardCharsets.UTF_8), key) & DIGITS);
    }
}
