package dev.weir.rule.reply;

import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** Whatever the proxies in charge answer for a status: what {@code deny} says without a payload of its own. */
record PageReply(int status) implements Reply {
    @Override
    public Reply resolve(Stream stream, ErrorReplies errors) {
        return errors.of(status);
    }

    @Override
    public boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead head, ByteWriter body) {
        return errors.of(status).write(stream, scratch, errors, head, body);
    }
}
