package dev.weir.server.check.script;

import dev.weir.sample.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * The Connection fields of a check's request: whether to close is said in the form of the version, behind all others; what else they name
 * is kept. Used once.
 */
final class ConnectionFields {
    private final boolean isHttp10;
    private boolean isPresent;
    private boolean isClosing;
    private boolean isUpgrading;

    ConnectionFields(boolean isHttp10) {
        this.isHttp10 = isHttp10;
    }

    /** What one of them says beside {@code close} and {@code keep-alive}. */
    void write(ByteWriter value, ByteWriter out) {
        isPresent = true;
        StringJoiner others = new StringJoiner(", ");
        for (String token : new String(value.array(), 0, value.length(), StandardCharsets.ISO_8859_1).split(",")) {
            String name = token.strip();
            if (name.equalsIgnoreCase("close")) {
                isClosing = true;
            } else if (!name.isEmpty() && !name.equalsIgnoreCase("keep-alive")) {
                isUpgrading |= name.equalsIgnoreCase("upgrade");
                others.add(name);
            }
        }
        if (others.length() > 0) {
            put(others.toString(), out);
        }
    }

    /** Whether one of them says so. */
    boolean isUpgrading() {
        return isUpgrading;
    }

    /** Whether to close: unless something else is said, it is. */
    void writeEnd(ByteWriter out) {
        boolean closes = !isPresent || isClosing;
        if (closes && !isHttp10) {
            put("close", out);
        } else if (!closes && isHttp10 && !isUpgrading) {
            put("keep-alive", out);
        }
    }

    private static void put(String value, ByteWriter out) {
        out.put("connection: ").put(ByteStrings.bytes(value)).put("\r\n");
    }
}
