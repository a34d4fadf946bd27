package dev.weir.proxy.http;

import dev.weir.bridge.transport.Connection;
import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.bridge.transport.Meter;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.server.Observation;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a request to its server. One that may have to be sent once more, and is here to its end, stays in the client's input
 * until a response is accepted. Thread: the exchange's.
 */
final class RequestSender {
    private final Exchange exchange;
    private final ServerCall call;
    private final Transfer upload;
    /** The server is told that its connection ends behind this request, whatever else holds. */
    private boolean isClosedByRule;
    /** The server takes no more of the body, or it is faulty; the response goes on. */
    private boolean isGivenUp;

    RequestSender(Exchange exchange, ServerCall call) {
        this.exchange = exchange;
        this.call = call;
        this.upload = new Transfer(exchange.loop, exchange::isKilled);
    }

    /** The head, and what is held of the body. @return whether to wait for the response */
    boolean send() {
        isGivenUp = false;
        MessageHead head = exchange.facts.request();
        if (!exchange.isHeld) {
            isClosedByRule = exchange.requestFraming.isClosedByRule(head, true);
        }
        exchange.keepsServer = exchange.mayKeepServer() && !exchange.requestFraming.isInsecure() && !isClosedByRule;
        if (!exchange.isHeld) {
            addConnection(head);
        }
        if (!tellName(head)) {
            return call.fails(500, Cause.INTERNAL, Phase.REQUEST);
        }
        UnsafeBuffer message = exchange.http.takeMessage();
        int length = exchange.toServer.request(head, message, 0);
        if (length < 0) {
            exchange.http.giveBack(message);
            return call.fails(500, Cause.INTERNAL, Phase.REQUEST);
        }
        length += exchange.isHeld ? copyBody(message, length) : takeBody(message, length);
        boolean isSent = exchange.requestBody.isFaulty() || write(message, length);
        exchange.http.giveBack(message);
        if (exchange.requestBody.isFaulty()) {
            return call.fails(400, Cause.PROXY, Phase.DATA);
        }
        return isSent;
    }

    /** What is held of the body goes with the head. @return how much */
    private int takeBody(UnsafeBuffer message, int length) {
        Connection client = exchange.client;
        int headLength = exchange.requestHeadBytes;
        int held = Math.min(client.available() - headLength, message.capacity() - length);
        int taken = 0;
        if (held > 0 && !exchange.requestBody.isEnded()) {
            var input = client.input();
            taken = exchange.requestBody.take(input, headLength, exchange.granted(meter(), held));
            message.putBytes(length, input, headLength, taken);
        }
        exchange.heldBodyBytes = taken;
        exchange.isHeld = mayRepeat();
        if (!exchange.isHeld) {
            exchange.giveUpRequest();
        }
        exchange.ledger.bytesIn += taken;
        return taken;
    }

    /** As HAProxy: a request that is not here to its end when it is sent is sent once. */
    private boolean mayRepeat() {
        return exchange.requestBody.isEnded()
                && exchange.facts.retriesLayer7()
                && exchange.backend.pool().settings().retryEvents.repeatsRequests();
    }

    /** Once more. */
    private int copyBody(UnsafeBuffer message, int length) {
        message.putBytes(length, exchange.client.input(), exchange.requestHeadBytes, exchange.heldBodyBytes);
        return exchange.heldBodyBytes;
    }

    private boolean write(UnsafeBuffer message, int length) {
        try {
            exchange.link.connection().write(message, 0, length, call.serverDeadlineNs());
            return true;
        } catch (ConnectionFailure failure) {
            return uploadFailed(Transfer.End.TARGET_FAILED);
        }
    }

    /** What the server is told of its connection: only what it would not think by itself, from the version. */
    private void addConnection(MessageHead head) {
        if (exchange.requestFraming.isUpgrade()) {
            return; // the head says so itself
        }
        boolean isNew = head.version() >= MessageHead.HTTP_1_1;
        boolean isToBeKept = exchange.keepsServer || exchange.backend.http.pretendsKeepAlive;
        if (!isToBeKept && isNew) {
            head.add(FieldName.CONNECTION, Words.CLOSE, 0, Words.CLOSE.capacity());
        } else if (isToBeKept && !isNew) {
            head.add(FieldName.CONNECTION, Words.KEEP_ALIVE, 0, Words.KEEP_ALIVE.capacity());
        }
    }

    /** {@code http-send-name-header}; another server gets its own. @return false if there is no room */
    private boolean tellName(MessageHead head) {
        FieldName header = exchange.backend.http.serverNameHeader;
        if (header == null) {
            return true;
        }
        head.removeAll(header);
        byte[] name = exchange.link.server().nameBytes();
        return head.add(header, name, name.length);
    }

    // ---- the rest of the body ----

    /** Passes the body on until it ends or the server answers. @return false if the exchange is over */
    boolean sendRest() {
        Transfer.End end = upload();
        exchange.client.watchInput(Thread.currentThread());
        return end == Transfer.End.TARGET_SPOKE || end == Transfer.End.WHOLE || uploadFailed(end);
    }

    /**
     * While the response passes: what is here of the body goes to the server, as far as it takes that at once and a
     * limit lets it through.
     *
     * @return whether more of it is to go meanwhile
     */
    boolean pushes() {
        if (isGivenUp || exchange.requestBody.isEnded()) {
            return false;
        }
        Transfer.End end = upload.push(
                exchange.requestBody,
                exchange.client,
                exchange.link.connection(),
                exchange.stream.timeouts().serverMs() * Exchange.MS_NS,
                meter());
        exchange.ledger.bytesIn += upload.bytes;
        isGivenUp = end != null;
        return !isGivenUp && !exchange.requestBody.isEnded();
    }

    /** After {@link #pushes}: when a limit lets more through; {@link Long#MAX_VALUE} if it held nothing back. */
    long pushAgainNs() {
        return upload.pushAgainNs();
    }

    /** After an early response: the rest of the request goes to the server all the same, or nowhere if that is gone. */
    void finish() {
        if (exchange.requestBody.isEnded()) {
            return;
        }
        Transfer.End end = isGivenUp ? Transfer.End.TARGET_FAILED : upload();
        exchange.keepsClient &= end == Transfer.End.WHOLE;
        switch (end) {
            case SOURCE_ENDED, SOURCE_FAILED -> clientLeft(exchange.causeOfClient());
            case SOURCE_SILENT -> clientLeft(Cause.CLIENT_TIMEOUT);
            case TARGET_FAILED -> exchange.stream.ended(exchange.causeOfServer(), Phase.LAST);
            case TARGET_SILENT -> exchange.stream.ended(Cause.SERVER_TIMEOUT, Phase.DATA); // as HAProxy has it
            case FAULTY -> exchange.stream.ended(Cause.PROXY, Phase.LAST);
            case WHOLE, TARGET_SPOKE -> {}
        }
    }

    private void clientLeft(Cause cause) {
        exchange.ledger.countAbort();
        exchange.stream.ended(cause, Phase.LAST);
    }

    private Transfer.End upload() {
        Transfer.End end = upload.run(
                exchange.requestBody,
                exchange.client,
                exchange.stream.timeouts().clientMs() * Exchange.MS_NS,
                exchange.link.connection(),
                exchange.stream.timeouts().serverMs() * Exchange.MS_NS,
                true,
                meter());
        exchange.ledger.bytesIn += upload.bytes;
        return end;
    }

    /** What is being passed on of the body now. On the loop. */
    long bytesUnderWay() {
        return upload.bytesUnderWay();
    }

    private Meter meter() {
        return exchange.stream.isLimited() ? exchange.stream.bandwidth().upload() : null;
    }

    /** There is no response yet: that is what HAProxy says of the phase. */
    private boolean uploadFailed(Transfer.End end) {
        return switch (end) {
            case WHOLE, TARGET_SPOKE -> true;
            case SOURCE_ENDED, SOURCE_FAILED -> call.clientAborted(Phase.HEADERS);
            case SOURCE_SILENT -> clientSilent();
            case TARGET_FAILED -> serverFailed();
            case TARGET_SILENT -> call.fails(504, Cause.SERVER_TIMEOUT, Phase.HEADERS);
            case FAULTY -> call.fails(400, Cause.PROXY, Phase.HEADERS);
        };
    }

    private boolean clientSilent() {
        exchange.ledger.countAbort();
        return call.fails(400, Cause.CLIENT_TIMEOUT, Phase.HEADERS);
    }

    /** Who had the whole request may get it again; who did not will not. */
    private boolean serverFailed() {
        exchange.ledger.countResponseError();
        return exchange.requestBody.isEnded()
                ? call.endsUnanswered(Observation.READ_ERROR)
                : call.fails(502, exchange.causeOfServer(), Phase.HEADERS);
    }
}
