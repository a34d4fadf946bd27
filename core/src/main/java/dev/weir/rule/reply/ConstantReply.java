package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.StatusReason;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;

/** A reply that is the same every time: a built-in page, an error file, a redirection to a fixed place. Immutable; any loop. */
final class ConstantReply implements Reply {
    private static final byte[] NOTHING = new byte[0];

    private final int status;
    private final HeadTemplate head;
    private final byte[] body;

    /** @param status what it answers, whatever status its head has */
    ConstantReply(int status, HeadTemplate head, byte[] body) {
        this.status = status;
        this.head = head;
        this.body = body;
    }

    /** One of the pages that HAProxy has built in: a heading and a sentence. */
    static ConstantReply page(int status, String reason, String sentence, boolean closes) {
        String page = "<html><body><h1>" + status + " " + reason + "</h1>\n" + sentence + "\n</body></html>\n";
        byte[] body = ascii(page);
        HeadTemplate.Builder head = new HeadTemplate.Builder(status, ascii(reason))
                .field(FieldName.CONTENT_LENGTH, ascii(Integer.toString(body.length)))
                .field(FieldName.CACHE_CONTROL, ascii("no-cache"));
        if (closes) {
            head.field(FieldName.CONNECTION, ascii("close"));
        }
        return new ConstantReply(
                status, head.field(FieldName.CONTENT_TYPE, ascii("text/html")).build(), body);
    }

    /** {@code errorloc}: instead of that status another place for the client to go to. */
    static ConstantReply location(int status, int redirection, String place) {
        HeadTemplate.Builder head = new HeadTemplate.Builder(redirection, StatusReason.of(redirection))
                .field(FieldName.CACHE_CONTROL, ascii("no-cache"))
                .field(FieldName.CONTENT_LENGTH, ascii("0"))
                .field(FieldName.LOCATION, place.getBytes(StandardCharsets.UTF_8));
        return new ConstantReply(status, head.build(), NOTHING);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean isMessage() {
        return true;
    }

    @Override
    public boolean write(
            Stream stream, Scratch scratch, ErrorReplies errors, MessageHead response, ByteWriter responseBody) {
        response.clear();
        responseBody.clear().put(body);
        return head.write(response) && !responseBody.isOverflowed();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
