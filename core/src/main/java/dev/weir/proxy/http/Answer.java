package dev.weir.proxy.http;

import dev.weir.bridge.transport.ConnectionFailure;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.HeadWriter;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.reply.Reply;
import dev.weir.sample.ByteWriter;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Phase;
import org.agrona.concurrent.UnsafeBuffer;

/** Responses that the proxy gives itself. Thread: the exchange's. */
final class Answer {
    private final Exchange exchange;
    private final HeadWriter writer = new HeadWriter();

    Answer(Exchange exchange) {
        this.exchange = exchange;
    }

    /** To something that is no request: the built-in page, untouched by rules, and the end of the connection. */
    void early(int status) {
        exchange.keepsClient = false;
        exchange.facts.status(status);
        exchange.ledger.countResponse(status);
        EarlyPage page = EarlyPage.of(status);
        try {
            exchange.client.write(page.bytes, 0, page.bytes.capacity(), deadlineNs());
        } catch (ConnectionFailure failure) {
            return; // nobody is there to read it
        }
        exchange.ledger.bytesOut += page.bytes.capacity();
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
        Reply reply = wanted.resolve(errors);
        if (reply.isSilent()) {
            exchange.keepsClient = false;
            exchange.facts.status(reply.status());
            return;
        }
        HttpExchange facts = exchange.facts;
        MessageHead head = facts.response();
        ByteWriter body = exchange.http.replyBody;
        if (!reply.write(exchange.stream, exchange.context.scratch, errors, head, body)) {
            ErrorReplies.builtIn(500).write(exchange.stream, exchange.context.scratch, errors, head, body);
        }
        facts.hasResponse(true);
        exchange.responseFraming.response(head, exchange.isHead(), false);
        exchange.keepsClient &= exchange.responseFraming.isKeepAlive();
        facts.status(head.status());
        if (!exchange.passesAfterResponse()) {
            ErrorReplies.builtIn(500).write(exchange.stream, exchange.context.scratch, errors, head, body);
        }
        facts.status(head.status());
        exchange.ledger.countResponse(head.status());
        send(head, body);
        facts.hasResponse(false);
    }

    /**
     * What rules gathered for a 103 response.
     *
     * @return false if the client is gone
     */
    boolean hints() {
        MessageHead head = exchange.facts.earlyHints();
        UnsafeBuffer message = exchange.http.takeMessage();
        int length = writer.response(head, message, 0);
        boolean isSent = true;
        try {
            exchange.client.write(message, 0, length, deadlineNs());
            exchange.ledger.bytesOut += length;
        } catch (ConnectionFailure failure) {
            exchange.stream.ended(exchange.causeOfClient(), Phase.REQUEST);
            exchange.keepsClient = false;
            isSent = false;
        }
        exchange.http.giveBack(message);
        head.clear();
        return isSent;
    }

    private void send(MessageHead head, ByteWriter body) {
        addConnection(head);
        UnsafeBuffer message = exchange.http.takeMessage();
        int length = writer.response(head, message, 0);
        if (!exchange.isHead()) {
            message.putBytes(length, body.array(), 0, body.length());
            length += body.length();
        }
        exchange.giveUpRequest();
        try {
            exchange.client.write(message, 0, length, deadlineNs());
            exchange.ledger.bytesOut += length;
        } catch (ConnectionFailure failure) {
            exchange.keepsClient = false;
        }
        exchange.http.giveBack(message);
    }

    /** Says to the client whether its connection stays. */
    void addConnection(MessageHead head) {
        exchange.keepsClient &= !exchange.context.process.isStopping();
        boolean isNew = head.version() >= MessageHead.HTTP_1_1;
        if (exchange.keepsClient && !(isNew && exchange.facts.requestVersion() >= MessageHead.HTTP_1_1)) {
            head.add(FieldName.CONNECTION, Words.KEEP_ALIVE, 0, Words.KEEP_ALIVE.capacity());
        } else if (!exchange.keepsClient && isNew) {
            head.add(FieldName.CONNECTION, Words.CLOSE, 0, Words.CLOSE.capacity());
        }
    }

    private long deadlineNs() {
        return exchange.deadline(exchange.stream.clientTimeoutMs());
    }
}
