package dev.weir.proxy.http;

import dev.weir.bridge.transport.SocketName;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.proxy.field.AddressField;
import dev.weir.proxy.field.ForwardedField;
import dev.weir.sample.AddressText;
import dev.weir.sample.ByteWriter;
import dev.weir.stats.Counter;
import dev.weir.stream.Captures;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Adds what a request tells its server beyond what the client said, after all rules and in HAProxy's order: {@code
 * unique-id-header}, {@code option forwarded}, {@code forwardfor}, {@code originalto}. Thread: the exchange's.
 */
final class RequestFields {
    private static final int VALUE_BYTES_AT_FIRST = 128;

    private final Exchange exchange;
    private final UnsafeBuffer uniqueId = new UnsafeBuffer(new byte[0]);
    private final ByteWriter value;

    RequestFields(Exchange exchange) {
        this.exchange = exchange;
        this.value = new ByteWriter(VALUE_BYTES_AT_FIRST, HttpLoop.REPLY_BYTES_MAX);
    }

    /** @return false if the head has no room for one of them; the client has been answered */
    boolean add() {
        boolean isAdded = addUniqueId() && addForwarded() && addClient() && addDestination();
        if (!isAdded) {
            exchange.ledger.count(Counter.FAILED_REWRITES);
            exchange.stream.ended(Cause.PROXY, Phase.REQUEST);
            exchange.answer.page(500);
        }
        return isAdded;
    }

    /** The id is made now in any case: later nobody may look at the request any more. */
    private boolean addUniqueId() {
        if (exchange.frontend.uniqueIdFormat == null) {
            return true;
        }
        Captures id = exchange.stream.uniqueId();
        FieldName header = exchange.frontend.http.uniqueIdHeader;
        if (header == null || !id.has(0)) {
            return true;
        }
        id.wrapInto(0, uniqueId);
        return request().add(header, uniqueId, 0, uniqueId.capacity());
    }

    private boolean addForwarded() {
        ForwardedField field = exchange.backend.http.forwarded;
        return field == null || field.add(exchange.stream, exchange.context.scratch, value);
    }

    private boolean addClient() {
        AddressField ofFrontend = exchange.frontend.http.forwardedFor;
        AddressField ofBackend = exchange.backend.http.forwardedFor;
        if (ofFrontend == null && ofBackend == null) {
            return true;
        }
        AddressField field = ofBackend != null ? ofBackend : ofFrontend;
        boolean isOptional =
                (ofFrontend == null || ofFrontend.isIfNone()) && (ofBackend == null || ofBackend.isIfNone());
        if (isOptional && request().find(field.name(), 0) >= 0) {
            return true;
        }
        return addAddress(ofFrontend, ofBackend, exchange.stream.clientSide().source());
    }

    private boolean addDestination() {
        AddressField ofFrontend = exchange.frontend.http.originalTo;
        AddressField ofBackend = exchange.backend.http.originalTo;
        boolean isWanted = ofFrontend != null || ofBackend != null;
        return !isWanted
                || addAddress(
                        ofFrontend, ofBackend, exchange.stream.clientSide().destination());
    }

    /** One field, whichever side wants it; the backend says its name, and each side may keep the address to itself. */
    private boolean addAddress(AddressField ofFrontend, AddressField ofBackend, SocketName address) {
        AddressField field = ofBackend != null ? ofBackend : ofFrontend;
        boolean isTold =
                (ofFrontend == null || ofFrontend.tells(address)) && (ofBackend == null || ofBackend.tells(address));
        if (!isTold) {
            return true;
        }
        AddressText.write(address, value.clear());
        return request().add(field.name(), value.array(), value.length());
    }

    private MessageHead request() {
        return exchange.facts.request();
    }
}
