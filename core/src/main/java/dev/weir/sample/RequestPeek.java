package dev.weir.sample;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.RequestHeadParser;
import dev.weir.stream.InputView;

/**
 * Reads the head of a request in what a connection in {@code mode tcp} has received, for fetches of HTTP: nothing of it is taken.
 * Thread: the scratch's.
 */
public final class RequestPeek {
    private static final int HEAD_BYTES_MAX = 1 << 24; // the input has its own limit
    private static final int HEADERS_MAX = 101;

    private final RequestHeadParser parser = new RequestHeadParser(HEAD_BYTES_MAX, HEADERS_MAX);
    private final MessageHead head = new MessageHead(HEADERS_MAX, 0);

    RequestPeek() {}

    /**
     * The head that stands in the input, until that changes; null if there is none.
     *
     * @param out is marked if one may still come
     */
    public MessageHead head(InputView input, Sample out) {
        head.clear();
        int result =
                input.length() == 0 ? RequestHeadParser.INCOMPLETE : parser.parse(input.bytes(), input.length(), head);
        parser.reset();
        out.mayChange(result == RequestHeadParser.INCOMPLETE && input.mayGrow());
        return result > 0 ? head : null;
    }
}
