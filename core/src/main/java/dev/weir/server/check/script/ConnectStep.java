package dev.weir.server.check.script;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.sample.Expression;

/**
 * Opens a connection; the one before is closed.
 *
 * @param address where to instead of the server's or its check's address, or null; port 0 names none
 * @param port 0 for none
 * @param portExpression gives the port, or null
 * @param sendsProxy begins with a PROXY header about the connection itself
 * @param usesServerOptions what the server line says of its checks' connections holds
 * @param lingers is ended by a FIN instead of a reset
 * @param isImplicit no line asks for it
 */
record ConnectStep(
        int number,
        String comment,
        Endpoint address,
        int port,
        Expression portExpression,
        boolean sendsProxy,
        boolean usesServerOptions,
        boolean lingers,
        boolean isImplicit)
        implements Step {

    /** What scripts begin with that do not say where to connect. */
    static final ConnectStep IMPLICIT = new ConnectStep(0, null, null, 0, null, false, true, false, true);

    /** Of protocols whose servers want to see the end of a session; in messages it counts as a step. */
    static final ConnectStep LINGERING = new ConnectStep(1, null, null, 0, null, false, true, true, true);

    @Override
    public Step withComment(String newComment) {
        return new ConnectStep(
                number, newComment, address, port, portExpression, sendsProxy, usesServerOptions, lingers, isImplicit);
    }
}
