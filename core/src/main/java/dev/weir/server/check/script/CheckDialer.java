package dev.weir.server.check.script;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.SocketName;
import dev.weir.sample.Expression;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.server.HeaderFields;
import dev.weir.server.ProbeTarget;
import dev.weir.server.ProxyFields;
import dev.weir.server.ProxyHeaderWriter;
import dev.weir.server.ProxyProtocol;
import dev.weir.server.Server;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Opens the connections of a run: finds out where to, and begins with a PROXY header if one is wanted. */
final class CheckDialer {
    private static final int PORT_MASK = 0xFFFF;

    private final CheckRun run;
    private final ProbeTarget target;
    private boolean sentHeader;

    CheckDialer(CheckRun run, ProbeTarget target) {
        this.run = run;
        this.target = target;
    }

    /** Whether the last connection began with a header. */
    boolean sentHeader() {
        return sentHeader;
    }

    Connection dial(ConnectStep step, EventLoop loop, long deadlineNs) throws ConnectionFailure {
        Server server = run.server();
        Connection connection = loop.connect(endpoint(step, server), server.settings().connect, deadlineNs);
        try {
            sentHeader = step.sendsProxy() || step.usesServerOptions() && target.sendsProxy();
            if (sentHeader) {
                sendHeader(connection, server, deadlineNs);
            }
            return connection;
        } catch (ConnectionFailure | RuntimeException | Error e) {
            connection.reset(); // nobody else has it yet
            throw e;
        }
    }

    private Endpoint endpoint(ConnectStep step, Server server) throws ConnectionFailure {
        Endpoint address = step.address() != null
                ? step.address()
                : target.address() != null ? target.address() : server.endpoint();
        if (address == null) {
            throw new ConnectionFailure(ConnectionFailure.Kind.UNREACHABLE, 0, "the server has no address");
        }
        if (!(address instanceof Endpoint.Inet inet)) {
            return address; // a UNIX socket has no port to replace
        }
        return new Endpoint.Inet(inet.address(), port(step, server) & PORT_MASK);
    }

    /** The first that says something: the step, the check, the server. */
    private int port(ConnectStep step, Server server) {
        int port = step.port();
        if (port == 0 && step.portExpression() != null) {
            port = evaluate(step.portExpression());
        }
        port = port != 0 ? port : portOf(step.address());
        port = port != 0 ? port : target.port();
        port = port != 0 ? port : portOf(target.address());
        return port != 0 ? port : portOf(server.endpoint());
    }

    private static int portOf(Endpoint address) {
        return address instanceof Endpoint.Inet inet ? inet.port() : 0;
    }

    private int evaluate(Expression expression) {
        CheckScene scene = run.scene();
        Sample sample = scene.scratch().take();
        boolean isPresent = expression.evaluateAs(scene.stream(), sample, SampleType.INTEGER);
        int port = isPresent ? (int) sample.low() : 0;
        scene.scratch().release(sample);
        return port;
    }

    private void sendHeader(Connection connection, Server server, long deadlineNs) throws ConnectionFailure {
        ProxyProtocol configured = server.settings().proxyProtocol;
        ProxyProtocol protocol = configured == null ? ProxyProtocol.V1 : configured;
        SocketName local = new SocketName();
        SocketName peer = new SocketName();
        connection.localName(local);
        connection.peerName(peer);
        MutableDirectBuffer header = new ExpandableArrayBuffer(ProxyHeaderWriter.BYTES_MAX);
        int length = ProxyHeaderWriter.writeLocal(protocol, server, local, peer, fields(server), header);
        connection.send(header, 0, length, deadlineNs);
    }

    private HeaderFields fields(Server of) {
        ProxyFields fields = run.script().headerFields(of);
        return fields == null
                ? null
                : (server, header, end, bytesMax) ->
                        fields.write(run.scene().stream(), run.scene().scratch(), header, end, bytesMax);
    }
}
