package dev.weir.persist;

import dev.weir.protocol.RdpCookie;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.stream.InputView;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * {@code persist rdp-cookie}: a terminal server that runs in token redirection mode gives its clients a cookie with its address,
 * {@code <IPv4 address>.<port>.<anything>}, both as the decimal of their network bytes read as little-endian numbers. Immutable.
 */
public final class RdpPersistence {
    private final byte[] cookie;

    /** @param cookie its name */
    public RdpPersistence(String cookie) {
        this.cookie = cookie.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The server that the client's first bytes name, if it may be used; else null. Allocates nothing. */
    public Server find(InputView input, ServerPool pool, boolean isForced) {
        long found = RdpCookie.find(input.bytes(), input.length(), cookie);
        if (found < 0) {
            return null;
        }
        DirectBuffer bytes = input.bytes();
        int end = RdpCookie.offset(found) + RdpCookie.length(found);
        int dot = numberEnd(bytes, RdpCookie.offset(found), end);
        int secondDot = dot < end ? numberEnd(bytes, dot + 1, end) : end;
        if (secondDot >= end || bytes.getByte(dot) != '.' || bytes.getByte(secondDot) != '.') {
            return null;
        }
        int address = Integer.reverseBytes((int) number(bytes, RdpCookie.offset(found), dot));
        int port = Short.reverseBytes((short) number(bytes, dot + 1, secondDot)) & 0xFFFF;
        return find(pool, address, port, isForced);
    }

    private static int numberEnd(DirectBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && bytes.getByte(at) >= '0' && bytes.getByte(at) <= '9') {
            at++;
        }
        return at;
    }

    private static long number(DirectBuffer bytes, int from, int end) {
        long number = 0;
        for (int at = from; at < end; at++) {
            number = number * 10 + bytes.getByte(at) - '0';
        }
        return number;
    }

    private static Server find(ServerPool pool, int address, int port, boolean isForced) {
        for (Server server : pool.servers()) {
            boolean isUsable = server.isUp() || pool.settings().isPersistent || isForced;
            if (isUsable && server.isAt(address, port)) {
                return server;
            }
        }
        return null;
    }
}
