package dev.weir.stream;

import dev.weir.protocol.http.CookiePairs;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;

/**
 * What has to be copied from an exchange's heads while they are there, because logs or later rules want it when they are gone:
 * the request line, declared header fields, one cookie. Decided while the configuration is compiled, one for each frontend
 * ({@link FrontendView#capturePlan}). Immutable; any loop. The session calls {@link #request} and {@link #response} once each.
 */
public final class CapturePlan {
    /** For frontends that capture nothing. */
    public static final CapturePlan NOTHING = new CapturePlan(0, new Slot[0], new Slot[0], null);

    /**
     * One slot of captures.
     *
     * @param name which field fills it; null if only rules do
     * @param bytesMax {@code len}
     */
    public record Slot(FieldName name, int bytesMax) {}

    /**
     * {@code capture cookie}.
     *
     * @param prefix what the cookie starts with
     */
    public record Cookie(byte[] prefix, int bytesMax) {}

    private final int lineBytesMax;
    private final Slot[] requestSlots;
    private final Slot[] responseSlots;
    private final Cookie cookie;

    /**
     * @param lineBytesMax how much of the request line is kept, 0 if nobody wants it
     * @param cookie null for none
     */
    public CapturePlan(int lineBytesMax, Slot[] requestSlots, Slot[] responseSlots, Cookie cookie) {
        this.lineBytesMax = lineBytesMax;
        this.requestSlots = requestSlots.clone();
        this.responseSlots = responseSlots.clone();
        this.cookie = cookie;
    }

    public int requestSlotCount() {
        return requestSlots.length;
    }

    public int responseSlotCount() {
        return responseSlots.length;
    }

    /** {@code len} of a request slot. */
    public int requestBytesMax(int slot) {
        return requestSlots[slot].bytesMax;
    }

    /** {@code len} of a response slot. */
    public int responseBytesMax(int slot) {
        return responseSlots[slot].bytesMax;
    }

    /** Copies from a request head that was just parsed, before any rule may change it. */
    public void request(Stream stream) {
        HttpExchange exchange = stream.http();
        if (lineBytesMax > 0) {
            exchange.keepRequestLine(lineBytesMax);
        }
        fields(requestSlots, exchange.request(), stream.requestCaptures());
        if (cookie != null) {
            requestCookie(exchange);
        }
    }

    /** Copies from the head of the final response, as the server sent it. */
    public void response(Stream stream) {
        HttpExchange exchange = stream.http();
        exchange.noteServerStatus();
        fields(responseSlots, exchange.response(), stream.responseCaptures());
        if (cookie != null) {
            responseCookie(exchange);
        }
    }

    /** The last field of a name counts, with its commas. */
    private static void fields(Slot[] slots, MessageHead head, Captures into) {
        for (int i = 0; i < slots.length; i++) {
            int field = slots[i].name == null ? -1 : last(head, slots[i].name);
            if (field >= 0) {
                into.set(i, head, head.value(field), slots[i].bytesMax);
            }
        }
    }

    private static int last(MessageHead head, FieldName name) {
        for (int field = head.fieldCount() - 1; field >= 0; field--) {
            if (head.isNamed(field, name)) {
                return field;
            }
        }
        return -1;
    }

    private void requestCookie(HttpExchange exchange) {
        CookiePairs pairs = exchange.pairs().start(exchange.request());
        while (pairs.next()) {
            capture(exchange, exchange.request(), pairs, HttpExchange.CLIENT_COOKIE);
        }
    }

    private void responseCookie(HttpExchange exchange) {
        MessageHead head = exchange.response();
        for (int field = -1; (field = head.find(FieldName.SET_COOKIE, field + 1)) >= 0; ) {
            CookiePairs pairs = exchange.pairs().startSetCookie(head, field);
            if (pairs.next()) {
                capture(exchange, head, pairs, HttpExchange.SERVER_COOKIE);
            }
        }
    }

    /** The first one whose name is right. */
    private void capture(HttpExchange exchange, MessageHead head, CookiePairs pairs, int slot) {
        int nameAt = Slice.offset(pairs.name());
        int bytes = Slice.offset(pairs.value()) + Slice.length(pairs.value()) - nameAt;
        if (!exchange.cookies().has(slot) && startsWith(head, pairs.name(), bytes)) {
            exchange.cookies().set(slot, head.bytes(pairs.name()), nameAt, bytes, cookie.bytesMax);
        }
    }

    private boolean startsWith(MessageHead head, long slice, int bytes) {
        if (bytes < cookie.prefix.length) {
            return false;
        }
        for (int i = 0; i < cookie.prefix.length; i++) {
            if ((byte) head.byteAt(slice, i) != cookie.prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
