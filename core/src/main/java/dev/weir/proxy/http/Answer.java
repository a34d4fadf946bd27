package dev.weir.proxy.http;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.proxy.ProxyProcess;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.reply.Reply;
import dev.weir.sample.ByteWriter;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Phase;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Responses that the proxy gives itself. Thread: the exchange's. */
final class Answer {
    private final Exchange exchange;
    private final UnsafeBuffer replyBody = new UnsafeBuffer(new byte[0]);
    /** For the client to take the reply. */
    private long deadlineNs;

    Answer(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * To something that is no request, and was counted: the frontend's error file or location, else the built-in page, untouched by
     * rules; then the end of the connection. Its bytes do not count, as under HAProxy.
     */
    void early(int status) {
        exchange.keepsClient = false;
        exchange.facts.status(status);
        Reply own = exchange.frontend.httpRules.errors().own(status);
        if (own == null || !own.isMessage()) {
            awaitRoom();
            DirectBuffer page = EarlyPage.of(status).bytes;
            early(page, page.capacity());
        } else if (!own.isSilent()) {
            earlyMessage(own);
        }
    }

    private void earlyMessage(Reply reply) {
        awaitRoom();
        MessageHead head = exchange.facts.response();
        ByteWriter body = exchange.http.replyBody;
        reply.write(exchange.stream, exchange.context.scratch, ErrorReplies.NONE, head, body);
        UnsafeBuffer message = exchange.http.takeMessage();
        int length = exchange.toClient.response(head, message, 0);
        message.putBytes(length, body.array(), 0, body.length());
        early(message, length + body.length());
        exchange.http.giveBack(message);
    }

    private void early(DirectBuffer bytes, int length) {
        try {
            exchange.client.write(bytes, 0, length, deadlineNs);
        } catch (ConnectionFailure failure) {
            exchange.keepsClient = false; // nobody is there to read it
        }
    }

    /**
     * Before a reply is put together in what all sessions of the loop share: from here to the write nothing may wait. A client that
     * has no room in time gets nothing: the write says so again, at once.
     */
    private void awaitRoom() {
        deadlineNs = exchange.deadline(exchange.stream.timeouts().clientMs());
        try {
            exchange.client.awaitRoom(deadlineNs);
        } catch (ConnectionFailure failure) {
            exchange.keepsClient = false;
        }
    }

    /** Nobody is there to read it: the status is logged and counted all the same. */
    void unsent(int status) {
        exchange.keepsClient = false;
        exchange.facts.status(status);
        exchange.ledger.countResponse(status);
    }

    /** The error page of that status. */
    void page(int status) {
        reply(errors().of(status));
    }

    private ErrorReplies errors() {
        ErrorReplies ofFrontend = exchange.frontend.httpRules.errors();
        return exchange.backend == null
                ? ofFrontend
                : exchange.backend.httpRules.errors().over(ofFrontend);
    }

    /** Whatever was received of the server's response is forgotten. */
    void reply(Reply wanted) {
        ErrorReplies errors = errors();
        Reply reply = wanted.resolve(exchange.stream, errors);
        if (reply.isSilent()) {
            exchange.keepsClient = false;
            exchange.facts.status(reply.status());
            return;
        }
        awaitRoom();
        MessageHead head = exchange.facts.response();
        ByteWriter body = exchange.http.replyBody;
        if (!reply.write(exchange.stream, exchange.context.scratch, errors, head, body)) {
            reply = ErrorReplies.builtIn(500);
            reply.write(exchange.stream, exchange.context.scratch, errors, head, body);
        }
        replyBody.wrap(body.array(), 0, body.length());
        send(reply.status(), head, replyBody);
    }

    /**
     * A response of the proxy's own that stands in the exchange's response head.
     *
     * @param status what is logged and counted, unless a rule sets another one: an error file's head may have its own
     */
    void own(int status, MessageHead head, DirectBuffer body) {
        awaitRoom();
        send(status, head, body);
    }

    private void send(int status, MessageHead head, DirectBuffer body) {
        HttpExchange facts = exchange.facts;
        exchange.responseWait.forget();
        facts.showResponseBody(body, 0, body.capacity());
        facts.responseBodyBytes(body.capacity());
        facts.hasResponse(true);
        exchange.responseFraming.response(head, exchange.isHead(), false);
        exchange.keepsClient &= exchange.responseFraming.isKeepAlive();
        int shown = head.status();
        facts.status(shown);
        DirectBuffer sent = exchange.rules.passesAfterResponse() ? body : failed(head);
        int told = head.status() == shown ? status : head.status();
        facts.status(told);
        exchange.ledger.countResponse(told);
        send(head, sent);
        facts.hasResponse(false);
    }

    /** A rewrite failed: 500 takes the response's place. */
    private DirectBuffer failed(MessageHead head) {
        exchange.ledger.countInternalError();
        ByteWriter body = exchange.http.replyBody;
        ErrorReplies.builtIn(500).write(exchange.stream, exchange.context.scratch, errors(), head, body);
        replyBody.wrap(body.array(), 0, body.length());
        return replyBody;
    }

    /**
     * What rules gathered for a 103 response.
     *
     * @return false if the client is gone
     */
    boolean hints() {
        MessageHead head = exchange.facts.earlyHints();
        boolean isSent = true;
        try {
            exchange.sendHead(head);
        } catch (ConnectionFailure failure) {
            exchange.stream.ended(exchange.causeOfClient(), Phase.REQUEST);
            exchange.keepsClient = false;
            isSent = false;
        }
        head.clear();
        return isSent;
    }

    private void send(MessageHead head, DirectBuffer body) {
        if (exchange.requestFraming.isTunnel() && head.status() / 100 == 2) {
            exchange.keepsClient = false; // the client takes it for a tunnel
        } else {
            addConnection(head);
        }
        UnsafeBuffer message = exchange.http.takeMessage();
        int length = exchange.toClient.response(head, message, 0);
        int bodyLength = exchange.isHead() ? 0 : body.capacity();
        boolean fits = length + bodyLength <= message.capacity();
        if (fits) {
            message.putBytes(length, body, 0, bodyLength);
            length += bodyLength;
        }
        exchange.giveUpRequest();
        boolean isSent = write(message, length);
        exchange.http.giveBack(message);
        if (isSent && !fits) {
            write(body, bodyLength);
        }
    }

    private boolean write(DirectBuffer bytes, int length) {
        try {
            exchange.client.write(bytes, 0, length, deadlineNs);
            exchange.ledger.bytesOut += length;
            return true;
        } catch (ConnectionFailure failure) {
            exchange.keepsClient = false;
            return false;
        }
    }

    private boolean endsWithTheProcess() {
        ProxyProcess process = exchange.context.process;
        return process.hasStopped() && process.closeSpread().closes(exchange.context.scratch.randomLong());
    }

    /** Says to the client whether its connection stays. */
    void addConnection(MessageHead head) {
        exchange.keepsClient &= !exchange.responseFraming.isClosedByRule(head, false) && !endsWithTheProcess();
        boolean isNew = head.version() >= MessageHead.HTTP_1_1;
        if (exchange.keepsClient && !(isNew && exchange.facts.requestVersion() >= MessageHead.HTTP_1_1)) {
            head.add(FieldName.CONNECTION, Words.KEEP_ALIVE, 0, Words.KEEP_ALIVE.capacity());
        } else if (!exchange.keepsClient && isNew) {
            head.add(FieldName.CONNECTION, Words.CLOSE, 0, Words.CLOSE.capacity());
        }
    }
}
