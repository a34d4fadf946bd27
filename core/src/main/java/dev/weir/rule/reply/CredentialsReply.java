package dev.weir.rule.reply;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for Basic credentials (RFC 7617): the page of 401, or of 407 where a proxy is asked, with this challenge and no other of
 * its kind. Immutable; any loop.
 */
public final class CredentialsReply implements Reply {
    private final int status;
    private final FieldName field;
    private final DirectBuffer challenge;
    private final CredentialsReply ofProxy;

    /** @param realm as it stands between the quotes */
    public CredentialsReply(String realm) {
        status = 401;
        field = FieldName.WWW_AUTHENTICATE;
        challenge = new UnsafeBuffer(("Basic realm=\"" + realm + '"').getBytes(StandardCharsets.UTF_8));
        ofProxy = new CredentialsReply(challenge);
    }

    private CredentialsReply(DirectBuffer challenge) {
        status = 407;
        field = FieldName.PROXY_AUTHENTICATE;
        this.challenge = challenge;
        ofProxy = this;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Reply resolve(Stream stream, ErrorReplies errors) {
        return stream.http().isForProxy() ? ofProxy : this;
    }

    @Override
    public boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead head, ByteWriter body) {
        boolean fits = errors.of(status).write(stream, scratch, errors, head, body);
        head.removeAll(field);
        return fits && head.add(field, challenge, 0, challenge.capacity());
    }
}
