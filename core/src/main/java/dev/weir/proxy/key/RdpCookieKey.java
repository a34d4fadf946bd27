package dev.weir.proxy.key;

import dev.weir.balance.HashType;
import dev.weir.protocol.RdpCookie;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.InputView;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;

/** {@code balance rdp-cookie}: the cookie in a remote desktop client's first packet. */
public final class RdpCookieKey implements BalanceKey {
    private final byte[] name;

    public RdpCookieKey(String name) {
        this.name = name.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void fill(Stream stream, HashType type, Scratch scratch, SessionRequest request) {
        InputView input = stream.request();
        long found = RdpCookie.find(input.bytes(), input.length(), name);
        if (found >= 0 && RdpCookie.length(found) > 0) {
            request.hasHash = true;
            request.hash = type.hash(input.bytes(), RdpCookie.offset(found), RdpCookie.length(found));
        }
    }
}
