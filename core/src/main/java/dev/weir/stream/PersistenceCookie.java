package dev.weir.stream;

/**
 * What became of the persistence cookie in one exchange ({@code cookie} of the backend): the third and fourth character of the
 * termination state, and what the answer's cookie has to know of the request's. Owned by the stream's thread; reused.
 */
public final class PersistenceCookie {
    /** What the client brought. */
    public enum Request {
        /** No cookie. */
        NONE('N'),
        /** A cookie that names no server. */
        INVALID('I'),
        /** The cookie of a server that is down. */
        DOWN('D'),
        /** The cookie of the server that got the request. */
        VALID('V'),
        /** Not seen for longer than {@code maxidle}. */
        EXPIRED('E'),
        /** First seen longer ago than {@code maxlife}. */
        OLD('O'),
        /** Present, but something else decided. */
        UNUSED('U');

        private final char letter;

        Request(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }

    /** What the client got. */
    public enum Response {
        /** No cookie. */
        NONE('N'),
        /** The server's own, untouched. */
        PROVIDED('P'),
        /** The server's own was taken out. */
        DELETED('D'),
        /** One was set. */
        INSERTED('I'),
        /** The server's own was rewritten. */
        REWRITTEN('R'),
        /** The date of the client's was renewed. */
        UPDATED('U');

        private final char letter;

        Response(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }

    private Request request = Request.NONE;
    private Response response = Response.NONE;
    private boolean isLogged;
    private boolean isIgnored;
    private boolean hasSetCookie;
    private long lastSeconds;
    private long firstSeconds;

    void clear() {
        request = Request.NONE;
        response = Response.NONE;
        isLogged = isIgnored = hasSetCookie = false;
        lastSeconds = firstSeconds = 0;
    }

    public Request request() {
        return request;
    }

    public void request(Request found) {
        request = found;
    }

    /** The session went to another server than the cookie's after all. */
    public void moved() {
        if (request == Request.VALID) {
            request = Request.DOWN;
        }
    }

    public Response response() {
        return response;
    }

    public void response(Response done) {
        response = done;
    }

    /** Whether logs show the two letters rather than dashes: the backend does something with its cookie. */
    public boolean isLogged() {
        return isLogged;
    }

    public void isLogged(boolean isLogged) {
        this.isLogged = isLogged;
    }

    /** Whether {@code ignore-persist} applies. */
    public boolean isIgnored() {
        return isIgnored;
    }

    public void isIgnored(boolean isIgnored) {
        this.isIgnored = isIgnored;
    }

    /** Whether the server's answer set any cookie. */
    public boolean hasSetCookie() {
        return hasSetCookie;
    }

    public void hasSetCookie(boolean hasSetCookie) {
        this.hasSetCookie = hasSetCookie;
    }

    /** When the client was last seen by its cookie, seconds since the epoch, 0 if it does not say. */
    public long lastSeconds() {
        return lastSeconds;
    }

    /** When the client was first seen by its cookie, seconds since the epoch, 0 if it does not say. */
    public long firstSeconds() {
        return firstSeconds;
    }

    public void dates(long lastSeconds, long firstSeconds) {
        this.lastSeconds = lastSeconds;
        this.firstSeconds = firstSeconds;
    }
}
