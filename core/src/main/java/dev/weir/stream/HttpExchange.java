package dev.weir.stream;

import dev.weir.protocol.http.CookiePairs;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The facts of one HTTP request and its response that rules, expressions and logs may see, beside those of its {@link Stream}.
 * The session writes them as it goes, whatever the HTTP version. Owned by the stream's thread; reused.
 */
public final class HttpExchange {
    /** Slot of {@link #cookies} for {@code %CC}. */
    public static final int CLIENT_COOKIE = 0;

    /** Slot of {@link #cookies} for {@code %CS}. */
    public static final int SERVER_COOKIE = 1;

    private static final UnsafeBuffer EMPTY = new UnsafeBuffer(new byte[0]);
    private static final int EARLY_HINTS_MAX = 64;
    private static final int EARLY_HINT_BYTES_MAX = 8192;

    private final MessageHead request;
    private final MessageHead response;
    private final PersistenceCookie cookie = new PersistenceCookie();
    private final UnsafeBuffer requestBody = new UnsafeBuffer(EMPTY);
    private final UnsafeBuffer responseBody = new UnsafeBuffer(EMPTY);
    private BodyView requestView;
    private BodyView responseView;
    private boolean isActive;
    private boolean hasRequest;
    private boolean hasResponse;
    private boolean wasReceived;
    private boolean isForProxy;
    private long requestBodyBytes;
    private long responseBodyBytes;
    private int requestNumber;
    private int status = -1;
    private int serverStatus = -1;
    private MessageHead earlyHints;
    private int nextRule;
    private boolean isStrictRewriting = true;
    private int failedRewrites;
    private boolean retriesLayer7 = true;
    private long awaitedMs;
    private long awaitedBytes;
    private int method = Method.OTHER;
    private int requestVersion;
    private int responseVersion;
    private final Captures cookies = new Captures();
    private final RequestLine requestLine = new RequestLine();
    private final CookiePairs pairs = new CookiePairs();

    /**
     * @param fieldsMax {@code tune.http.maxhdr}
     * @param bytesMax {@code tune.bufsize}
     */
    public HttpExchange(int fieldsMax, int bytesMax) {
        request = new MessageHead(fieldsMax, bytesMax);
        response = new MessageHead(fieldsMax, bytesMax);
    }

    /** Begins a request: the one before is forgotten. {@code requestNumber} counts from 1 on its connection. */
    public void start(int requestNumber) {
        clear();
        isActive = true;
        this.requestNumber = requestNumber;
    }

    public void clear() {
        request.clear();
        response.clear();
        cookie.clear();
        requestBody.wrap(EMPTY);
        responseBody.wrap(EMPTY);
        isActive = hasRequest = hasResponse = false;
        requestBodyBytes = responseBodyBytes = -1;
        requestNumber = 0;
        status = serverStatus = -1;
        method = Method.OTHER;
        requestVersion = responseVersion = 0;
        cookies.clear();
        requestLine.clear();
        wasReceived = isForProxy = false;
        clearRuleFacts();
    }

    private void clearRuleFacts() {
        nextRule = 0;
        isStrictRewriting = true;
        failedRewrites = 0;
        retriesLayer7 = true;
        awaitedMs = awaitedBytes = 0;
        if (earlyHints != null) {
            earlyHints.clear();
        }
    }

    /** Whether the session speaks HTTP; false in {@code mode tcp}. */
    public boolean isActive() {
        return isActive;
    }

    /** Whether {@link #request} may be read now: from the end of its parsing until its head was sent and given up. */
    public boolean hasRequest() {
        return hasRequest;
    }

    /** False gives the head up: method and version stay known, as do captures. */
    public void hasRequest(boolean hasRequest) {
        if (this.hasRequest && !hasRequest) {
            method = Method.numberOf(request);
            requestVersion = request.version();
        }
        this.hasRequest = hasRequest;
        wasReceived |= hasRequest;
    }

    /** Whether the client takes this for a proxy, and is to be authenticated as by one ({@code option http-use-proxy-header}). */
    public boolean isForProxy() {
        return isForProxy;
    }

    public void isForProxy(boolean isForProxy) {
        this.isForProxy = isForProxy;
    }

    /** Whether there was a request at all: false for one that could not be read. */
    public boolean wasReceived() {
        return wasReceived;
    }

    /** As {@link MessageHead#version}; 0 if there was no request. */
    public int requestVersion() {
        return hasRequest ? request.version() : requestVersion;
    }

    /** As {@link MessageHead#version}; 0 if there was no response. */
    public int responseVersion() {
        return hasResponse ? response.version() : responseVersion;
    }

    /** Number of the request's method in {@link Method}. */
    public int method() {
        return hasRequest ? Method.numberOf(request) : method;
    }

    /** Whether {@link #response} may be read now. */
    public boolean hasResponse() {
        return hasResponse;
    }

    public void hasResponse(boolean hasResponse) {
        if (this.hasResponse && !hasResponse) {
            responseVersion = response.version();
        }
        this.hasResponse = hasResponse;
    }

    public MessageHead request() {
        return request;
    }

    public MessageHead response() {
        return response;
    }

    /** What became of the persistence cookie. */
    public PersistenceCookie cookie() {
        return cookie;
    }

    /** Which request of its client connection this is, from 1. */
    public int requestNumber() {
        return requestNumber;
    }

    /** Status sent or being sent to the client, -1 before there is one. */
    public int status() {
        return status;
    }

    public void status(int status) {
        this.status = status;
    }

    /** Status that the server sent, -1 if it sent none. */
    public int serverStatus() {
        return serverStatus;
    }

    /** What stands in {@link #response} is what the server said. */
    public void noteServerStatus() {
        serverStatus = response.status();
    }

    /** Who knows what is held of the bodies; null: nobody, as long as none is shown. */
    public void bodies(BodyView ofRequest, BodyView ofResponse) {
        requestView = ofRequest;
        responseView = ofResponse;
    }

    /** What is held of the request's body now, decoded: as much as came with its head, more if something waited for it. */
    public DirectBuffer requestBody() {
        if (requestView != null) {
            requestView.look();
        }
        return requestBody;
    }

    public void showRequestBody(DirectBuffer bytes, int offset, int length) {
        requestBody.wrap(bytes, offset, length);
    }

    /** The same of the response. */
    public DirectBuffer responseBody() {
        if (responseView != null) {
            responseView.look();
        }
        return responseBody;
    }

    public void showResponseBody(DirectBuffer bytes, int offset, int length) {
        responseBody.wrap(bytes, offset, length);
    }

    /** Announced length of the request's body, -1 if it is not known ({@code req.body_size} then counts what is held). */
    public long requestBodyBytes() {
        return requestBodyBytes;
    }

    public void requestBodyBytes(long bytes) {
        requestBodyBytes = bytes;
    }

    public long responseBodyBytes() {
        return responseBodyBytes;
    }

    public void responseBodyBytes(long bytes) {
        responseBodyBytes = bytes;
    }

    // ---- what rules leave for the session ----

    /** Where a rule set that stopped goes on: the position behind the rule that stopped it. */
    public int nextRule() {
        return nextRule;
    }

    public void nextRule(int index) {
        nextRule = index;
    }

    /** Whether a rewrite that fails ends the exchange ({@code strict-mode}); every rule set begins so. */
    public boolean isStrictRewriting() {
        return isStrictRewriting;
    }

    public void strictRewriting(boolean isStrict) {
        isStrictRewriting = isStrict;
    }

    /** How many rewrites failed since the last call ({@code wrew}). */
    public int takeFailedRewrites() {
        int failed = failedRewrites;
        failedRewrites = 0;
        return failed;
    }

    public void countFailedRewrite() {
        failedRewrites++;
    }

    /** Whether {@code retry-on} may repeat a request that was sent; not after {@code disable-l7-retry}. */
    public boolean retriesLayer7() {
        return retriesLayer7;
    }

    public void retriesLayer7(boolean isAllowed) {
        retriesLayer7 = isAllowed;
    }

    /** How long the rule that stopped its set wants to wait, in milliseconds. */
    public long awaitedMs() {
        return awaitedMs;
    }

    /** How many bytes of the body {@code wait-for-body} asks for, 0 for all that a buffer holds. */
    public long awaitedBytes() {
        return awaitedBytes;
    }

    public void await(long durationMs, long bytes) {
        awaitedMs = durationMs;
        awaitedBytes = bytes;
    }

    /** The 103 response that {@code early-hint} rules build: sent, then cleared, by the session. */
    public MessageHead earlyHints() {
        if (earlyHints == null) {
            earlyHints = new MessageHead(EARLY_HINTS_MAX, EARLY_HINT_BYTES_MAX);
        }
        return earlyHints;
    }

    // ---- what outlives the heads ----

    void keepRequestLine(int bytesMax) {
        requestLine.keep(request, bytesMax);
    }

    /** For a walk within one call. */
    CookiePairs pairs() {
        return pairs;
    }

    /** The request line as it was received, if the frontend's plan keeps it. */
    public RequestLine requestLine() {
        return requestLine;
    }

    /** {@link #CLIENT_COOKIE} and {@link #SERVER_COOKIE} of {@code capture cookie}. */
    public Captures cookies() {
        return cookies;
    }
}
