package dev.weir.proxy;

import dev.weir.balance.BalanceMethod;
import dev.weir.balance.HashFunction;
import dev.weir.balance.HashType;
import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.server.SessionRequest;
import dev.weir.stream.Stream;

/** The number by which hashing algorithms choose, of a session. Without one the backend takes servers in turn. No state. */
public final class SessionHash {
    private SessionHash() {}

    public static void fill(Backend backend, Stream stream, Scratch scratch, SessionRequest request) {
        if (backend.keyKind == BalanceMethod.Key.SOURCE) {
            source(backend, stream, request);
        } else if (backend.keyKind == BalanceMethod.Key.EXPRESSION) {
            expression(backend, stream, scratch, request);
        }
    }

    private static void source(Backend backend, Stream stream, SessionRequest request) {
        SocketName client = stream.clientSide().source();
        if (HashType.hasSource(client)) {
            request.hasHash = true;
            request.hash = backend.hashType.hashSource(client);
        }
    }

    /** A value to be taken as a number must be text; all others are hashed as they are. */
    private static void expression(Backend backend, Stream stream, Scratch scratch, SessionRequest request) {
        boolean isNumber = backend.hashType.function() == HashFunction.NONE;
        SampleType wanted = isNumber ? SampleType.STRING : SampleType.BINARY;
        Sample key = scratch.take();
        stream.finalEvaluation(true);
        if (backend.hashKey.evaluateAs(stream, key, wanted)) {
            request.hasHash = true;
            request.hash = backend.hashType.hash(key.bytes(), 0, key.length());
        }
        stream.finalEvaluation(false);
        scratch.release(key);
    }
}
