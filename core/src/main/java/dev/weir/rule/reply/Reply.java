package dev.weir.rule.reply;

import dev.weir.protocol.http.MessageHead;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;

/** A response that the proxy gives itself. Immutable; any loop. */
public interface Reply {
    /** What it answers, as the log and the counters tell it; the head of an error file may say something else to the client. */
    int status();

    /** The reply itself, or the one it stands for on that stream: what {@link #status} and {@link #isSilent} are to be asked of. */
    default Reply resolve(Stream stream, ErrorReplies errors) {
        return this;
    }

    /** Whether nothing is to be sent at all: an empty error file. The session closes; there is nothing to {@link #write}. */
    default boolean isSilent() {
        return false;
    }

    /**
     * Whether it is a whole message, as {@code errorfile} and {@code errorloc} have it. Such a one is also what those get who sent
     * no request, to which nothing can be fitted.
     */
    default boolean isMessage() {
        return false;
    }

    /**
     * Fills in the response. Its {@code connection} field, if it has one, says what the reply asks for; it is the session's to
     * apply. The body is written for every method: for HEAD the session leaves it out.
     *
     * @param errors of the proxies in charge ({@link ErrorReplies#over}), for a reply that is one of their pages
     * @param head is cleared first
     * @param body is cleared first
     * @return false if it does not fit; {@link ErrorReplies#builtIn} of 500 then takes its place
     */
    boolean write(Stream stream, Scratch scratch, ErrorReplies errors, MessageHead head, ByteWriter body);
}
