package dev.weir.stream;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.SocketName;

/**
 * The names of one side's connection, each looked up at most once and only when asked for. Two layers, as in HAProxy: the
 * connection's names (kernel, PROXY header, {@code tcp-request connection set-src}) and the stream's, which start equal and
 * which later rules may change. Seen from the proxy's client side, {@code source} is the client; on the server side
 * {@code source} is the proxy's own end. Owned by the stream's thread; reused.
 */
public final class StreamSide {
    private final boolean isClientSide;
    private final SocketName source = new SocketName();
    private final SocketName destination = new SocketName();
    private SocketName changedSource;
    private SocketName changedDestination;
    private boolean knowsSource, knowsDestination, hasChangedSource, hasChangedDestination;
    private Connection connection;
    private ConnectionFacts facts;
    private int resetTtl;

    StreamSide(boolean isClientSide) {
        this.isClientSide = isClientSide;
    }

    /** Names and figures come from this connection until {@link #reset}. */
    public void attach(Connection connection) {
        reset();
        this.connection = connection;
    }

    /** As {@link #attach(Connection)}, for callers that are no transport. */
    public void attach(ConnectionFacts facts) {
        reset();
        this.facts = facts;
    }

    public void reset() {
        resetTtl = 0;
        connection = null;
        facts = null;
        knowsSource = knowsDestination = hasChangedSource = hasChangedDestination = false;
        source.clear();
        destination.clear();
    }

    /** What rules of one request changed holds no longer. */
    void forgetChanges() {
        hasChangedSource = hasChangedDestination = false;
    }

    /** Looks up both names now; to be called before the connection is closed if a log line will want them. */
    public void load() {
        connectionSource();
        connectionDestination();
    }

    public boolean isConnected() {
        return connection != null || facts != null;
    }

    /** The connection's source ({@code fc_src}, {@code bc_src}). Writing to it changes it for the whole session. */
    public SocketName connectionSource() {
        if (!knowsSource) {
            knowsSource = true;
            look(isClientSide, source);
        }
        return source;
    }

    /** The connection's destination ({@code fc_dst}, {@code bc_dst}). Writing to it changes it for the whole session. */
    public SocketName connectionDestination() {
        if (!knowsDestination) {
            knowsDestination = true;
            look(!isClientSide, destination);
        }
        return destination;
    }

    /** The stream's source ({@code src}). */
    public SocketName source() {
        return hasChangedSource ? changedSource : connectionSource();
    }

    /** The stream's destination ({@code dst}). */
    public SocketName destination() {
        return hasChangedDestination ? changedDestination : connectionDestination();
    }

    /** The stream's source for writing; the connection's stays. */
    public SocketName changeSource() {
        if (changedSource == null) {
            changedSource = new SocketName();
        }
        if (!hasChangedSource) {
            changedSource.copyFrom(connectionSource());
            hasChangedSource = true;
        }
        return changedSource;
    }

    /** The stream's destination for writing; the connection's stays. */
    public SocketName changeDestination() {
        if (changedDestination == null) {
            changedDestination = new SocketName();
        }
        if (!hasChangedDestination) {
            changedDestination.copyFrom(connectionDestination());
            hasChangedDestination = true;
        }
        return changedDestination;
    }

    /** A figure of TCP_INFO, -1 where there is none. */
    public long tcpInfo(Connection.TcpInfo figure) {
        if (connection != null) {
            return connection.tcpInfo(figure);
        }
        return facts == null ? -1 : facts.tcpInfo(figure);
    }

    /** Marks the connection's packets (SO_MARK); without a connection there is nothing to mark. */
    public void mark(int mark) {
        if (connection != null) {
            connection.mark(mark);
        }
    }

    /** Sets the type of service of the connection's packets. */
    public void tos(int tos) {
        if (connection != null) {
            connection.tos(tos);
        }
    }

    /** With which TTL a connection that a rule drops silently is reset; 0 if nothing is to be sent. */
    public int resetTtl() {
        return resetTtl;
    }

    public void resetTtl(int ttl) {
        resetTtl = ttl;
    }

    private void look(boolean isPeer, SocketName out) {
        if (connection != null) {
            if (isPeer) {
                connection.peerName(out);
            } else {
                connection.localName(out);
            }
        } else if (facts != null) {
            if (isPeer) {
                facts.peerName(out);
            } else {
                facts.localName(out);
            }
        }
    }
}
