package dev.weir.proxy.key;

import dev.weir.balance.HashType;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;

/** A piece of an HTTP request's head. */
abstract class HttpKey implements BalanceKey {
    @Override
    public void fill(Stream stream, HashType type, Scratch scratch, SessionRequest request) {
        HttpExchange exchange = stream.http();
        if (exchange == null || !exchange.hasRequest()) {
            return;
        }
        MessageHead head = exchange.request();
        long key = find(head);
        if (key != Slice.NONE) {
            request.hasHash = true;
            request.hash = type.hash(head.bytes(key), Slice.offset(key), Slice.length(key));
        }
    }

    /** NONE if the request has no such piece. */
    abstract long find(MessageHead head);
}
