package dev.weir.proxy;

import dev.weir.acl.Condition;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.Scratch;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * {@code monitor-uri} and {@code monitor fail}: requests for one URI are answered by the frontend itself, before any rule of
 * {@code mode http}. Immutable; any loop.
 */
public final class Monitor {
    private final byte[] uri;
    private final boolean isPath;
    private final List<Condition> failures;

    /** @param uri compared with path and query if it starts with a slash, else with the whole target */
    public Monitor(String uri, List<Condition> failures) {
        this.uri = uri.getBytes(StandardCharsets.UTF_8);
        this.isPath = uri.startsWith("/");
        this.failures = List.copyOf(failures);
    }

    public boolean isAskedBy(MessageHead request) {
        long asked = isPath ? RequestTarget.pathAndQuery(request) : request.target();
        if (asked == Slice.NONE || Slice.length(asked) != uri.length) {
            return false;
        }
        DirectBuffer bytes = request.bytes(asked);
        int offset = Slice.offset(asked);
        int at = 0;
        while (at < uri.length && bytes.getByte(offset + at) == uri[at]) {
            at++;
        }
        return at == uri.length;
    }

    /** Whether one of the conditions for a bad answer holds. */
    public boolean fails(Stream stream, Scratch scratch) {
        boolean wasFinal = stream.isFinalEvaluation();
        stream.finalEvaluation(true);
        boolean fails = false;
        for (int i = 0; i < failures.size() && !fails; i++) {
            fails = failures.get(i).test(stream, scratch) == Verdict.PASS;
        }
        stream.finalEvaluation(wasFinal);
        return fails;
    }
}
