package dev.weir.proxy;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import dev.weir.protocol.ProxyHeaderDecoder;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.ConnectionError;
import dev.weir.stream.LogLevel;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;

/** Reads the PROXY header that a client connection begins with. One for the sessions of a loop. Thread: the session's. */
final class ProxyHeaderReader {
    private final EventLoop loop;
    private final ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
    private final SocketName source = new SocketName();
    private final SocketName destination = new SocketName();

    ProxyHeaderReader(EventLoop loop) {
        this.loop = loop;
    }

    /** @return false if there is none; that has been counted and said */
    boolean read(ClientSession session) {
        long deadlineNs = session.deadline(session.frontend.handshakeTimeoutMs);
        session.stream.clientSide().connectionSource();
        try {
            int length = decode(session.client);
            while (length == ProxyHeaderDecoder.INCOMPLETE) {
                if (session.client.receive(deadlineNs) == Connection.END_OF_STREAM) {
                    return fails(session, ConnectionError.PROXY_EMPTY);
                }
                length = decode(session.client);
            }
            if (length == ProxyHeaderDecoder.INVALID) {
                return fails(session, ConnectionError.PROXY_NO_HEADER);
            }
            take(session, length);
            return true;
        } catch (ConnectionFailure failure) {
            boolean isLate = failure.kind() == ConnectionFailure.Kind.TIMED_OUT;
            return fails(session, isLate ? ConnectionError.PROXY_TIMEOUT : ConnectionError.PROXY_ABORT);
        }
    }

    private int decode(Connection client) {
        return client.available() == 0
                ? ProxyHeaderDecoder.INCOMPLETE
                : decoder.decode(client.input(), client.available(), source, destination);
    }

    private void take(ClientSession session, int length) {
        Stream stream = session.stream;
        stream.proxyHeader().received(session.client.input(), decoder.fieldsOffset(), decoder.fieldsLength());
        if (decoder.hasAddresses()) {
            stream.clientSide().connectionSource().copyFrom(source);
            stream.clientSide().connectionDestination().copyFrom(destination);
        }
        session.client.consume(length);
    }

    /** A connection that never became a session: counted, and said on the log unless it was empty and those are not wanted. */
    private static boolean fails(ClientSession session, ConnectionError why) {
        Frontend frontend = session.frontend;
        session.stream.clientError(why);
        session.count(Counter.REQUEST_ERRORS);
        session.isLogged = false;
        session.stream.ended(Cause.PROXY, Phase.REQUEST);
        boolean isNull = session.client.available() == 0 && frontend.log.ignoresNull();
        if (!isNull && frontend.log.hasErrorFormat()) {
            frontend.log.writeError(session.stream, session.context.line, isNull);
        } else if (!isNull && frontend.errorLog.isEnabled()) {
            frontend.errorLog.send(LogLevel.INFO, ErrorLine.of(session.stream, why.message()));
        }
        return false;
    }
}
