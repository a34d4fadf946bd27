package dev.weir.persist;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.sample.ByteWriter;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.server.SessionRequest;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.PersistenceCookie;
import dev.weir.stream.PersistenceCookie.Request;
import dev.weir.stream.PersistenceCookie.Response;

/**
 * Cookie persistence, byte for byte as HAProxy does it: {@link #bind} before a server is chosen, {@link #mark} before the answer
 * is written. Holds working memory only. Thread: one object an event loop; neither method waits.
 */
public final class CookiePersistence {
    private static final int DAY_SECONDS = 86_400;
    private static final int TEXT_BYTES_MAX = 16_384;
    private static final byte[] PATH = ascii("; path=/");
    private static final byte[] EXPIRED = ascii("; Expires=Thu, 01-Jan-1970 00:00:01 GMT");
    private static final byte[] PRIVATE = ascii("private");

    private final CookieCursor cursor = new CookieCursor();
    private final Cacheability cacheability = new Cacheability();
    private final ByteWriter text = new ByteWriter(512, TEXT_BYTES_MAX);
    private final CookieField cookies = new CookieField(cursor, text);

    // ---- one call ----

    private CookieSettings settings;
    private PersistenceCookie facts;
    private ServerPool pool;
    private SessionRequest request;
    private boolean isIgnored;
    private int method;
    private long nowSeconds;

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    // ---- the request ----

    /**
     * Looks for the client's cookie, binds the session to the server that it names, and takes out of the request what the server
     * shall not see.
     *
     * @param request {@link SessionRequest#direct} is set, unless something is bound already
     * @param isIgnored {@code ignore-persist} applies
     */
    public void bind(
            CookieSettings settings,
            HttpExchange exchange,
            ServerPool pool,
            SessionRequest request,
            boolean isIgnored,
            long nowSeconds) {
        begin(settings, exchange, isIgnored, nowSeconds);
        this.pool = pool;
        this.request = request;
        MessageHead head = exchange.request();
        facts.isIgnored(isIgnored);
        int field = head.find(FieldName.COOKIE, 0);
        while (field >= 0) {
            field = head.find(FieldName.COOKIE, readCookies(head, field) ? field : field + 1);
        }
    }

    private void begin(CookieSettings settings, HttpExchange exchange, boolean isIgnored, long nowSeconds) {
        this.settings = settings;
        this.facts = exchange.cookie();
        this.method = exchange.method();
        this.isIgnored = isIgnored;
        this.nowSeconds = nowSeconds;
    }

    /** @return whether nothing is left of the field and it is gone */
    private boolean readCookies(MessageHead head, int field) {
        cookies.begin(head, field, false);
        while (cursor.next()) {
            readCookie();
        }
        return cookies.end(head, field);
    }

    private void readCookie() {
        if (cursor.isAttribute()) {
            cookies.keepAttribute();
        } else if (cursor.hasValue() && cursor.isNamed(settings.name)) {
            readOwn();
        } else {
            cookies.keepForeign();
        }
    }

    // ---- our cookie ----

    private void readOwn() {
        boolean isPrefix = settings.mode == CookieSettings.Mode.PREFIX;
        int keyEnd = isPrefix ? cursor.find('~', cursor.valueStart, cursor.valueEnd) : readDates();
        chooseServer(isOutdated() ? cursor.valueStart : keyEnd);
        if (isPrefix && keyEnd != cursor.valueEnd) {
            cookies.keepRest(keyEnd + 1);
        } else if (settings.mode == CookieSettings.Mode.INSERT && settings.isIndirect) {
            cookies.remove();
        } else {
            cookies.keep();
        }
    }

    /** @return the end of what names the server */
    private int readDates() {
        int keyEnd = cursor.find('|', cursor.valueStart, cursor.valueEnd);
        if (keyEnd == cursor.valueEnd) {
            return keyEnd;
        }
        long last = facts.lastSeconds();
        long first = facts.firstSeconds();
        if (cursor.valueEnd - (keyEnd + 1) >= CookieDate.LENGTH) {
            long read = CookieDate.read(cursor.bytes(), keyEnd + 1);
            last = read > 0 ? read : last;
        }
        int second = cursor.find('|', keyEnd + 1, cursor.valueEnd);
        if (cursor.valueEnd - second > CookieDate.LENGTH) {
            long read = CookieDate.read(cursor.bytes(), second + 1);
            first = read > 0 ? read : first;
        }
        facts.dates(last, first);
        return keyEnd;
    }

    private boolean isOutdated() {
        if (isOutside(facts.firstSeconds(), settings.maxLifeSeconds)) {
            facts.request(Request.OLD);
        } else if (isOutside(facts.lastSeconds(), settings.maxIdleSeconds)) {
            facts.request(Request.EXPIRED);
        } else {
            return false;
        }
        facts.dates(0, 0);
        return true;
    }

    /** A date in the far future is as bad as one that is too long ago. */
    private boolean isOutside(long seconds, int limitSeconds) {
        return seconds != 0
                && limitSeconds != 0
                && (nowSeconds - seconds > limitSeconds || seconds - nowSeconds > DAY_SECONDS);
    }

    /** The first server of that cookie that may be used; several may share it. */
    private void chooseServer(int keyEnd) {
        boolean isBound = isIgnored || request.direct != null;
        if (keyEnd != cursor.valueStart && !isBound && bindServer(keyEnd)) {
            return;
        }
        if (facts.request() == Request.NONE) {
            facts.request(isBound ? Request.UNUSED : Request.INVALID);
        }
    }

    private boolean bindServer(int keyEnd) {
        for (Server server : pool.servers()) {
            if (!isCookieOf(server, keyEnd)) {
                continue;
            }
            boolean isUp = server.isUp();
            facts.request(isUp ? Request.VALID : Request.DOWN);
            if (isUp || pool.settings().isPersistent || request.isForced) {
                request.direct = server;
                return true;
            }
        }
        return false;
    }

    private boolean isCookieOf(Server server, int keyEnd) {
        byte[] key = server.cookie();
        if (key == null || key.length != keyEnd - cursor.valueStart) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (cursor.bytes().getByte(cursor.valueStart + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    // ---- the response ----

    /**
     * Treats the cookie of the server's answer and sets our own where it is due.
     *
     * @param server that gave the answer
     * @param isDirect the session was bound to it, by its cookie or a rule
     * @return false if the head has no room for the cookie: the rewrite failed
     */
    public boolean mark(
            CookieSettings settings, HttpExchange exchange, Server server, boolean isDirect, long nowSeconds) {
        begin(settings, exchange, exchange.cookie().isIgnored(), nowSeconds);
        MessageHead head = exchange.response();
        int field = head.find(FieldName.SET_COOKIE, 0);
        while (field >= 0) {
            facts.hasSetCookie(true);
            field = head.find(FieldName.SET_COOKIE, treat(head, field, server, isDirect) ? field : field + 1);
        }
        return !isDue(isDirect) || insert(head, server, isDirect);
    }

    /** Whether a cache may keep the response, and whatever cookies it sets with it. */
    public boolean areCookiesCacheable(HttpExchange exchange) {
        return cacheability.mayBeCachedWithCookies(exchange.response(), exchange.method());
    }

    /** @return whether the field is gone */
    private boolean treat(MessageHead head, int field, Server server, boolean isDirect) {
        cookies.begin(head, field, true);
        if (!cursor.next() || !cursor.hasValue()) {
            return false;
        }
        boolean isOwn = !isIgnored && cursor.isNamed(settings.name);
        boolean isRemoved = isOwn && !settings.isPreserved && isUnwanted(isDirect);
        if (isRemoved) {
            facts.response(Response.DELETED);
            head.remove(field);
            return true;
        }
        byte[] key = server.cookie();
        if (isOwn && !settings.isPreserved && key != null && isRewriting()) {
            facts.response(Response.REWRITTEN);
            rewrite(key);
        } else {
            cookies.keep();
            facts.response(isOwn ? Response.PROVIDED : facts.response());
        }
        return cookies.end(head, field);
    }

    private boolean isUnwanted(boolean isDirect) {
        return settings.mode == CookieSettings.Mode.INSERT || isDirect && settings.isIndirect;
    }

    private boolean isRewriting() {
        return settings.mode == CookieSettings.Mode.REWRITE || settings.mode == CookieSettings.Mode.PREFIX;
    }

    private void rewrite(byte[] key) {
        if (settings.mode == CookieSettings.Mode.PREFIX) {
            cookies.prefixValue(key, '~');
        } else {
            cookies.replaceValue(key);
        }
    }

    /** The client has no cookie of this server, or one whose date has to be renewed. */
    private boolean isDue(boolean isDirect) {
        if (settings.mode != CookieSettings.Mode.INSERT
                || isIgnored
                || settings.isPreserved && facts.response() != Response.NONE
                || settings.isPostOnly && method != Method.POST) {
            return false;
        }
        return !isDirect || isDateDue();
    }

    private boolean isDateDue() {
        long last = facts.lastSeconds();
        boolean isIdleDue = (settings.maxIdleSeconds != 0 || last != 0) && (last == 0 || last < nowSeconds);
        boolean hasFirst = facts.firstSeconds() != 0;
        return isIdleDue || hasFirst != (settings.maxLifeSeconds != 0);
    }

    private boolean insert(MessageHead head, Server server, boolean isDirect) {
        byte[] key = server.cookie();
        text.clear().put(settings.name).put('=');
        if (key == null) {
            text.put(EXPIRED);
        } else {
            text.put(key);
            putDates();
        }
        text.put(PATH).put(settings.attributes());
        facts.response(key != null && isDirect ? Response.UPDATED : Response.INSERTED);
        return add(head, FieldName.SET_COOKIE, text.array(), text.length()) && makePrivate(head);
    }

    private void putDates() {
        if (settings.maxIdleSeconds == 0 && settings.maxLifeSeconds == 0) {
            return;
        }
        CookieDate.write(CookieDate.units(nowSeconds), text.put('|'));
        if (settings.maxLifeSeconds != 0) {
            long first = facts.firstSeconds();
            CookieDate.write(first != 0 ? first >> 2 : CookieDate.units(nowSeconds), text.put('|'));
        }
    }

    /** Caches must not give one client's cookie to all. */
    private boolean makePrivate(MessageHead head) {
        return !settings.isNoCache
                || !cacheability.mayBeCached(head, method)
                || add(head, FieldName.CACHE_CONTROL, PRIVATE, PRIVATE.length);
    }

    private static boolean add(MessageHead head, FieldName name, byte[] value, int length) {
        long nameSlice = head.write(name.bytes(), 0, name.length());
        return head.add(nameSlice, head.write(value, 0, length));
    }
}
