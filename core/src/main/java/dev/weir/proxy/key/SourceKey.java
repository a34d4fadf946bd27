package dev.weir.proxy.key;

import dev.weir.balance.HashType;
import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.Stream;

/** {@code balance source}: the client's address. */
public final class SourceKey implements BalanceKey {
    @Override
    public void fill(Stream stream, HashType type, Scratch scratch, SessionRequest request) {
        SocketName client = stream.clientSide().source();
        if (HashType.hasSource(client)) {
            request.hasHash = true;
            request.hash = type.hashSource(client);
        }
    }
}
