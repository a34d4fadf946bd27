package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.StatusReason;
import dev.weir.rule.FormattedText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the client to another place. Immutable; any loop.
 *
 * @param kind how the place is made of the text and the request
 * @param text of the configuration; null for the prefix {@code /}, which adds nothing
 * @param cookie value of a set-cookie field, or null
 */
public record RedirectReply(Kind kind, FormattedText text, int status, Set<Option> options, FormattedText cookie)
        implements Reply {

    /** The three forms. */
    public enum Kind {
        /** The text is the whole place. */
        LOCATION,
        /** The text stands before path and query of the request. */
        PREFIX,
        /** The text is the scheme; host, path and query are the request's. */
        SCHEME
    }

    /** What changes the place. */
    public enum Option {
        DROP_QUERY,
        APPEND_SLASH,
        KEEP_QUERY,
        IGNORE_EMPTY
    }

    private static final DirectBuffer ZERO = ascii("0");
    private static final DirectBuffer NO_CACHE = ascii("no-cache");

    /** Whether the rule shall be passed over because its text is empty; a query that is kept does not count. */
    public boolean isIgnored(Stream stream, Scratch scratch) {
        if (kind != Kind.LOCATION || !options.contains(Option.IGNORE_EMPTY)) {
            return false;
        }
        Sample sample = scratch.take();
        boolean isEmpty = text.evaluate(stream, sample) && sample.length() == 0;
        scratch.release(sample);
        return isEmpty;
    }

    /** The texts come first: in rules for responses they may look at the head that the redirect takes the place of. */
    @Override
    public boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead head, ByteWriter body) {
        Sample place = scratch.take();
        Sample setCookie = scratch.take();
        ByteWriter out = place.writer();
        writePlace(stream, scratch, out);
        boolean fits = place.string(out) && (cookie == null || cookie.evaluate(stream, setCookie));
        body.clear();
        begin(head);
        fits &= head.add(FieldName.LOCATION, place.bytes(), 0, place.length());
        if (status == 302 || status == 303 || status == 307) {
            fits &= head.add(FieldName.CACHE_CONTROL, NO_CACHE, 0, NO_CACHE.capacity());
        }
        if (cookie != null) {
            fits &= head.add(FieldName.SET_COOKIE, setCookie.bytes(), 0, setCookie.length());
        }
        scratch.release(setCookie);
        scratch.release(place);
        return fits && !head.isOverflowed();
    }

    private void begin(MessageHead head) {
        head.clear();
        head.version(MessageHead.HTTP_1_1);
        head.status(status);
        byte[] reason = StatusReason.of(status);
        head.reason(head.write(reason, 0, reason.length));
        head.add(FieldName.CONTENT_LENGTH, ZERO, 0, ZERO.capacity());
    }

    private void writePlace(Stream stream, Scratch scratch, ByteWriter out) {
        if (text != null) {
            text.write(stream, scratch, out);
        }
        if (kind == Kind.LOCATION) {
            if (options.contains(Option.KEEP_QUERY)) {
                keepQuery(stream, out);
            }
            return;
        }
        MessageHead request = stream.http().request();
        if (kind == Kind.SCHEME) {
            out.put(':').put('/').put('/');
            int host = request.find(FieldName.HOST, 0);
            put(request, host < 0 ? Slice.NONE : request.value(host), out);
        }
        putPath(request, out);
        if (options.contains(Option.APPEND_SLASH) && out.length() > 0 && out.array()[out.length() - 1] != '/') {
            out.put('/');
        }
    }

    private void putPath(MessageHead request, ByteWriter out) {
        long whole = RequestTarget.pathAndQuery(request);
        if (whole == Slice.NONE || Slice.length(whole) == 0) {
            out.put('/');
        } else {
            put(request, options.contains(Option.DROP_QUERY) ? RequestTarget.path(request) : whole, out);
        }
    }

    private static void keepQuery(Stream stream, ByteWriter out) {
        MessageHead request = stream.http().request();
        long query = RequestTarget.query(request);
        if (query != Slice.NONE && Slice.length(query) > 0) {
            out.put(contains(out, '?') ? '&' : '?');
            put(request, query, out);
        }
    }

    private static boolean contains(ByteWriter text, char wanted) {
        for (int i = 0; i < text.length(); i++) {
            if (text.array()[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private static void put(MessageHead head, long slice, ByteWriter out) {
        if (slice != Slice.NONE) {
            out.put(head.bytes(slice), Slice.offset(slice), Slice.length(slice));
        }
    }

    private static DirectBuffer ascii(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
