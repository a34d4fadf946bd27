package dev.weir.server;

import dev.weir.bridge.transport.SocketName;
import java.net.InetAddress;

/** Addresses as {@code inet_ntop} writes them. Not for hot paths. */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** IPv6 addresses stand in brackets. */
    public static String withPort(SocketName name, int port) {
        String text = of(name);
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ':' + port;
    }

    /** The address that a text is, never by a name; null if it is none. */
    public static InetAddress literal(String text) {
        try {
            boolean mayBe = text.matches("[0-9]+(\\.[0-9]+){3}") || text.indexOf(':') >= 0;
            return mayBe ? InetAddress.ofLiteral(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public static String of(SocketName name) {
        return name.family() == SocketName.Family.IPV4 ? ipv4(name.low()) : ipv6(name.high(), name.low());
    }

    private static String ipv4(long bits) {
        return (bits >> 24 & 255) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
    }

    private static String ipv6(long high, long low) {
        if (high == 0 && low >>> 32 == 0xFFFF) {
            return "::ffff:" + ipv4(low);
        }
        int start = -1;
        int length = 1; // a single zero group is not shortened
        for (int i = 0; i < GROUPS; i++) {
            int run = zeroRun(high, low, i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean isFirst = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(isFirst ? "" : ":").append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static int zeroRun(long high, long low, int from) {
        int run = 0;
        while (from + run < GROUPS && group(high, low, from + run) == 0) {
            run++;
        }
        return run;
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xFFFF;
    }
}
