package dev.weir.server.check.script;

import dev.weir.bridge.transport.Connection;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.server.Server;
import dev.weir.stream.FrontendView;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.NamedNobody;
import dev.weir.stream.ProcessView;
import dev.weir.stream.Stream;

/** What expressions in a check see: a stream without a client. Made for scripts that have some; owned by the check's virtual thread. */
final class CheckScene {
    private static final int FIELDS_MAX = 101;
    private static final int BYTES_MAX = Sample.BYTES_MAX;

    private static final FrontendView NOBODY = new NamedNobody("CHECKS-FE");

    private final ProcessView process;
    private final Server server;
    private final Stream stream = new Stream();
    private final Scratch scratch;

    CheckScene(ProcessView process, Server server) {
        this.process = process;
        this.server = server;
        this.scratch = new Scratch(server.id());
    }

    /** Begins a run: variables of the one before are forgotten. */
    void start(int loop) {
        stream.start(process, NOBODY, null, 0, loop);
        stream.backend(server.backend());
        stream.server(server);
        stream.finalEvaluation(true);
    }

    void end() {
        stream.variables().clear();
    }

    void connected(Connection connection) {
        stream.serverSide().attach(connection);
    }

    void received(Connection connection, boolean isLast) {
        stream.response().show(connection.input(), connection.available(), isLast, false);
    }

    /** Where an HTTP response goes; the one before is forgotten. */
    HttpExchange exchange() {
        HttpExchange exchange = stream.exchange(FIELDS_MAX, BYTES_MAX);
        exchange.start(1);
        return exchange;
    }

    Stream stream() {
        return stream;
    }

    Scratch scratch() {
        return scratch;
    }

    /** The name of the machine or, where it was given one, of the node. */
    String node() {
        return process.nodeName();
    }
}
