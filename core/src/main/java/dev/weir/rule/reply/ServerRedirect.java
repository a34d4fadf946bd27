package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http.StatusReason;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;

/** Sends the client to the server itself, or to who stands in for it ({@code redir}): 302, the prefix before path and query. Immutable; any loop. */
public final class ServerRedirect implements Reply {
    private static final int FOUND = 302;
    private static final byte[] NO_CACHE = ascii("no-cache");
    private static final byte[] ZERO = ascii("0");

    private final HeadTemplate head;
    private final byte[] prefix;

    public ServerRedirect(String prefix) {
        this.prefix = prefix.getBytes(StandardCharsets.ISO_8859_1);
        this.head = new HeadTemplate.Builder(FOUND, StatusReason.of(FOUND))
                .field(FieldName.CACHE_CONTROL, NO_CACHE)
                .field(FieldName.CONTENT_LENGTH, ZERO)
                .build();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int status() {
        return FOUND;
    }

    @Override
    public boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead out, ByteWriter body) {
        out.clear();
        body.clear();
        Sample sample = scratch.take();
        ByteWriter place = sample.writer().put(prefix);
        putPath(stream.http().request(), place);
        boolean fits = head.write(out)
                && sample.string(place)
                && out.add(FieldName.LOCATION, sample.bytes(), 0, sample.length());
        scratch.release(sample);
        return fits;
    }

    private static void putPath(MessageHead request, ByteWriter out) {
        long path = RequestTarget.pathAndQuery(request);
        if (path == Slice.NONE || Slice.length(path) == 0) {
            out.put('/');
        } else {
            out.put(request.bytes(path), Slice.offset(path), Slice.length(path));
        }
    }
}
