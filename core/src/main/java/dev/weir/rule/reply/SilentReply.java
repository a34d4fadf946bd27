package dev.weir.rule.reply;

import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** What an empty error file asks for: no answer at all. */
record SilentReply(int status) implements Reply {
    @Override
    public boolean isSilent() {
        return true;
    }

    @Override
    public boolean isMessage() {
        return true;
    }

    @Override
    public boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead head, ByteWriter body) {
        head.clear();
        body.clear();
        return true;
    }
}
