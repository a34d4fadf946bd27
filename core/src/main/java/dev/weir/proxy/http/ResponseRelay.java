package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Meter;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.Framing;
import dev.weir.stats.Counter;
import dev.weir.stream.Cause;
import dev.weir.stream.LogLevel;
import dev.weir.stream.LogOrigin;
import dev.weir.stream.Phase;
import org.agrona.concurrent.UnsafeBuffer;

/** Passes the server's response on to the client, after its rules. Thread: the exchange's. */
final class ResponseRelay {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Exchange exchange;
    private final Transfer download;
    private final Tunnel tunnel;

    ResponseRelay(Exchange exchange) {
        this.exchange = exchange;
        this.download = new Transfer(exchange.loop, exchange::isKilled);
        this.tunnel = new Tunnel(exchange);
    }

    /** @param headBytes length of the head, which is parsed and still held */
    void run(int headBytes) {
        if (!passesRules(headBytes)) {
            return;
        }
        MessageHead head = exchange.facts.response();
        boolean isTunnel = exchange.responseFraming.isTunnel();
        prepare(head, isTunnel);
        exchange.session.reached(LogOrigin.RESPONSE);
        exchange.ledger.logEarly(headBytes);
        if (lostItsBody(head)) {
            sendAlone(head);
            return;
        }
        if (send(head, headBytes)) {
            relayRest();
            if (isTunnel) {
                tunnel.run();
            }
        }
    }

    /** Rules, and the cookie between them. @return false if the client was given something else, or nothing */
    private boolean passesRules(int headBytes) {
        if (!exchange.rules.passesResponse()) {
            exchange.skipResponse(headBytes);
            return false;
        }
        boolean hasCookie = exchange.facts.response().find(FieldName.SET_COOKIE, 0) >= 0;
        if (!setCookie()) {
            return withholds(headBytes, 500);
        }
        if (hasCookie && isCookieExposed()) {
            reportCookie();
            return withholds(headBytes, 502);
        }
        if (!exchange.rules.passesAfterResponse()) {
            exchange.ledger.countInternalError();
            return withholds(headBytes, 500);
        }
        return true;
    }

    private void prepare(MessageHead head, boolean isTunnel) {
        exchange.facts.status(head.status());
        exchange.ledger.countResponse(head.status());
        exchange.keepsClient &=
                exchange.responseFraming.body() != Framing.Body.UNTIL_CLOSE && !exchange.responseFraming.isInsecure();
        if (head.status() == NO_CONTENT) {
            head.removeAll(FieldName.CONTENT_LENGTH);
        }
        if (!isTunnel) {
            exchange.answer.addConnection(head);
        }
    }

    /** The client gets that error instead. */
    private boolean withholds(int headBytes, int status) {
        exchange.skipResponse(headBytes);
        exchange.stream.ended(Cause.PROXY, Phase.HEADERS);
        exchange.answer.page(status);
        return false;
    }

    /** {@code option checkcache}. */
    private boolean isCookieExposed() {
        return exchange.backend.http.checksCache && exchange.context.cookies.areCookiesCacheable(exchange.facts);
    }

    private void reportCookie() {
        var server = exchange.link.server();
        exchange.ledger.countEverywhere(Counter.DENIED_RESPONSES);
        server.pool()
                .report(
                        LogLevel.ALERT,
                        "Blocking cacheable cookie in response from instance "
                                + server.pool().name() + ", server " + server.name() + '.');
    }

    /** @return false if the head has no room for it */
    private boolean setCookie() {
        var settings = exchange.backend.cookie;
        return settings == null
                || exchange.context.cookies.mark(
                        settings,
                        exchange.facts,
                        exchange.connector.server(),
                        exchange.connector.isDirect(),
                        exchange.context.epochSeconds());
    }

    /** A rule gave it a status that has no body: what the server sends behind the head is nobody's. */
    private boolean lostItsBody(MessageHead head) {
        boolean isBodiless = head.status() < 200 || head.status() == NO_CONTENT || head.status() == NOT_MODIFIED;
        return isBodiless && !exchange.responseBody.isEnded();
    }

    private void sendAlone(MessageHead head) {
        exchange.keepsServer = false;
        boolean isSent = true;
        try {
            exchange.sendHead(head);
        } catch (ConnectionFailure failure) {
            isSent = false;
        }
        exchange.facts.hasResponse(false);
        exchange.responseWait.forget();
        if (!isSent) {
            failed(Transfer.End.TARGET_FAILED);
        }
    }

    /** The head, and what is held of the body behind it. */
    private boolean send(MessageHead head, int headBytes) {
        try {
            long deadlineNs = exchange.deadline(exchange.stream.timeouts().clientMs());
            exchange.client.awaitRoom(deadlineNs);
            return write(head, headBytes, deadlineNs) || failed(Transfer.End.FAULTY);
        } catch (ConnectionFailure failure) {
            return failed(Transfer.End.TARGET_FAILED);
        }
    }

    /** @return false if the response is faulty */
    private boolean write(MessageHead head, int headBytes, long deadlineNs) throws ConnectionFailure {
        UnsafeBuffer message = exchange.http.takeMessage();
        try {
            int length = exchange.toClient.response(head, message, 0);
            if (length < 0) {
                return false;
            }
            length += takeBody(message, length, headBytes);
            exchange.client.write(message, 0, length, deadlineNs);
            exchange.ledger.bytesOut += length;
            return !exchange.responseBody.isFaulty();
        } finally {
            exchange.http.giveBack(message);
        }
    }

    private int takeBody(UnsafeBuffer message, int length, int headBytes) {
        Connection server = exchange.link.connection();
        int held = Math.min(server.available() - headBytes, message.capacity() - length);
        int taken = 0;
        if (held > 0 && !exchange.responseBody.isEnded()) {
            var input = server.input();
            taken = exchange.responseBody.take(input, headBytes, exchange.granted(meter(), held));
            message.putBytes(length, input, headBytes, taken);
        }
        exchange.facts.hasResponse(false);
        exchange.responseWait.forget();
        server.consume(headBytes + taken);
        return taken;
    }

    private Meter meter() {
        return exchange.stream.isLimited() ? exchange.stream.bandwidth().download() : null;
    }

    private void relayRest() {
        if (exchange.responseBody.isEnded()) {
            return;
        }
        if (exchange.isServerCut) {
            boolean isWhole = exchange.responseFraming.body() == Framing.Body.UNTIL_CLOSE;
            failed(isWhole ? Transfer.End.WHOLE : Transfer.End.SOURCE_ENDED);
            return;
        }
        download.begin();
        Transfer.End end = Transfer.End.TARGET_SPOKE;
        while (end == Transfer.End.TARGET_SPOKE) {
            end = isClientGone() ? Transfer.End.TARGET_FAILED : relay();
        }
        failed(end);
    }

    /** Who has only ended its stream still reads, but has said all that it will. */
    private boolean isClientGone() {
        Connection client = exchange.client;
        boolean owesBody = !exchange.requestBody.isEnded() && client.available() == 0;
        return client.inputFailed() || client.inputEnded() && owesBody;
    }

    /** What is being passed on from the client now. On the loop. */
    long bytesInUnderWay() {
        return tunnel.bytesInUnderWay();
    }

    /** What is being passed on to the client now. On the loop. */
    long bytesOutUnderWay() {
        return download.bytesUnderWay() + tunnel.bytesOutUnderWay();
    }

    /**
     * A server that answers before it has the whole request may want the rest of it before it goes on.
     *
     * @return whether what the client says now may go to the server at once
     */
    private boolean pushRequest() {
        boolean isUploading = exchange.call.pushesRequest();
        boolean isServerFull = isUploading && exchange.link.connection().unsent() >= Connection.OUTPUT_BYTES_MAX;
        long againNs = isUploading ? exchange.call.pushAgainNs() : Long.MAX_VALUE;
        download.besides(isUploading, isServerFull, againNs);
        return isUploading && !isServerFull && againNs == Long.MAX_VALUE;
    }

    /** Waits for more of the response than is held, while the request goes on. @return null if more has come */
    Transfer.End await(long deadlineNs) {
        boolean hearsClient = pushRequest();
        return download.await(exchange.link.connection(), deadlineNs, exchange.client, hearsClient);
    }

    private Transfer.End relay() {
        boolean hearsClient = pushRequest();
        Transfer.End end = download.run(
                exchange.responseBody,
                exchange.link.connection(),
                exchange.stream.timeouts().serverMs() * Exchange.MS_NS,
                exchange.client,
                exchange.stream.timeouts().clientMs() * Exchange.MS_NS,
                hearsClient,
                meter());
        exchange.ledger.bytesOut += download.bytes;
        return end;
    }

    /** The response has begun: there is nothing more to say to the client. */
    private boolean failed(Transfer.End end) {
        switch (end) {
            case WHOLE, TARGET_SPOKE -> {
                return true;
            }
            case SOURCE_ENDED, SOURCE_FAILED -> {
                Cause cause = exchange.causeOfServer();
                aborted(cause, Counter.SERVER_ABORTS);
                if (cause == Cause.SERVER) {
                    exchange.ledger.countResponseError();
                    exchange.ledger.countFailure();
                }
            }
            case SOURCE_SILENT -> silent();
            case TARGET_FAILED -> aborted(exchange.causeOfClient(), Counter.CLIENT_ABORTS);
            case TARGET_SILENT -> aborted(Cause.CLIENT_TIMEOUT, Counter.CLIENT_ABORTS);
            case FAULTY -> aborted(Cause.PROXY, Counter.RESPONSE_ERRORS);
        }
        exchange.keepsClient = false;
        exchange.keepsServer = false;
        return false;
    }

    /** A client that has ended its stream may be gone for all we know: it is not the server's fault then, as under HAProxy. */
    private void silent() {
        if (exchange.client.inputEnded()) {
            aborted(exchange.causeOfClient(), Counter.CLIENT_ABORTS);
        } else {
            aborted(Cause.SERVER_TIMEOUT, Counter.SERVER_ABORTS);
        }
    }

    private void aborted(Cause cause, Counter counter) {
        exchange.stream.ended(cause, Phase.DATA);
        exchange.ledger.countEverywhere(counter);
    }
}
