package dev.weir.server;

import dev.weir.bridge.transport.ConnectOptions;
import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.ConnectionFailure.Kind;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import java.util.function.BooleanSupplier;

/**
 * One attempt: finds out where the server is for this session, connects, and introduces the client before anything else. A
 * connection is its caller's as soon as it is there, whatever fails then.
 */
final class ServerDialer {
    private final EventLoop loop;
    private final BooleanSupplier abort;
    /** Made when the first header is sent. */
    private Introduction introduction;
    /** A server's options with the marks of one session; made when a rule first marks. */
    private ConnectOptions marked;

    /** @param abort whether to end an attempt, asked whenever the session is unparked */
    ServerDialer(EventLoop loop, BooleanSupplier abort) {
        this.loop = loop;
        this.abort = abort;
    }

    Connection dial(Server server, SessionRequest request, long deadlineNs) throws ConnectionFailure {
        ServerSettings settings = server.settings();
        boolean isMarked = (request.mark | request.tos) != 0;
        ConnectOptions options = isMarked ? marked(settings.connect, request) : settings.connect;
        return loop.connect(endpoint(server, request), options, deadlineNs, abort);
    }

    /** Sends the PROXY header, if the server wants one. @return what was said, valid until the next call; null for nothing */
    Introduction introduce(Connection connection, Server server, SessionRequest request, long deadlineNs)
            throws ConnectionFailure {
        Introduction said = introduction(server, request);
        if (said != null) {
            connection.send(said.header(), 0, said.length(), deadlineNs);
        }
        return said;
    }

    /** What a new connection would begin with, valid until the next call; null for nothing. */
    Introduction introduction(Server server, SessionRequest request) {
        ProxyProtocol protocol = server.settings().proxyProtocol;
        if (protocol == null) {
            return null;
        }
        if (introduction == null) {
            introduction = new Introduction();
        }
        introduction.compose(protocol, server, request);
        return introduction;
    }

    /** The first packet is marked already. */
    private ConnectOptions marked(ConnectOptions options, SessionRequest request) {
        if (marked == null) {
            marked = new ConnectOptions();
        }
        marked.copyFrom(options);
        marked.socket.mark = request.mark;
        marked.socket.tos = request.tos;
        return marked;
    }

    private static Endpoint endpoint(Server server, SessionRequest request) throws ConnectionFailure {
        Endpoint endpoint = server.endpoint();
        boolean isFixed = endpoint != null && server.settings().portRule == ServerSettings.PortRule.FIXED;
        return isFixed ? endpoint : endpointSlowPath(server, endpoint, request.clientDestination);
    }

    /** Address, port or both come from where the client connected to. */
    private static Endpoint endpointSlowPath(Server server, Endpoint endpoint, SocketName destination)
            throws ConnectionFailure {
        ServerSettings settings = server.settings();
        if (endpoint == null && settings.naming != null) {
            throw new ConnectionFailure(Kind.UNREACHABLE, 0, "the server's name has no address");
        }
        boolean hasAddress =
                destination.family() == SocketName.Family.IPV4 || destination.family() == SocketName.Family.IPV6;
        if (!hasAddress && endpoint == null) {
            throw new ConnectionFailure(Kind.UNREACHABLE, 0, "the client's destination is no IP address");
        }
        int port = settings.portRule == ServerSettings.PortRule.FROM_CLIENT
                ? destination.port() + settings.portShift
                : settings.port;
        if (endpoint instanceof Endpoint.Inet inet) {
            return new Endpoint.Inet(inet.address(), port & 0xFFFF);
        }
        return new Endpoint.Inet(destination.toInetAddress(), port & 0xFFFF);
    }
}
