package dev.weir.proxy.key;

import dev.weir.balance.HashType;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.Stream;

/** What of a session decides. Immutable; any loop. */
@FunctionalInterface
public interface BalanceKey {
    /** The session does not decide. */
    BalanceKey NONE = (stream, type, scratch, request) -> {};

    /** Sets the number in the request; not if the session has no key, and then servers are taken in turn. */
    void fill(Stream stream, HashType type, Scratch scratch, SessionRequest request);
}
