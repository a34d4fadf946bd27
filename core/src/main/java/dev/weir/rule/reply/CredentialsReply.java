package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks for Basic credentials (RFC 7617): the page of 401 with a challenge, as 407 where a proxy is asked. Immutable; any loop. */
public final class CredentialsReply implements Reply {
    private final DirectBuffer challenge;

    /** @param realm as it stands between the quotes */
    public CredentialsReply(String realm) {
        challenge = new UnsafeBuffer(("Basic realm=\"" + realm + '"').getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int status() {
        return 401;
    }

    @Override
    public boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead head, ByteWriter body) {
        boolean fits = errors.of(401).write(stream, scratch, errors, head, body);
        boolean isForProxy = stream.http().isForProxy();
        if (isForProxy) {
            head.status(407); // the reason stays what it is, as under HAProxy
        }
        FieldName field = isForProxy ? FieldName.PROXY_AUTHENTICATE : FieldName.WWW_AUTHENTICATE;
        return fits && head.add(field, challenge, 0, challenge.capacity());
    }
}
