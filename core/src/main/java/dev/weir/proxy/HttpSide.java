package dev.weir.proxy;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.protocol.http1.NameCases;
import dev.weir.proxy.field.AddressField;

/**
 * What a frontend or a backend in {@code mode http} says of requests and responses. Filled by the compiler, then only read. Times
 * in milliseconds, 0 for none.
 */
public class HttpSide {
    /** How connections go on behind a request; of both sides the stronger one holds. Closed set, in order of strength. */
    public enum ConnectionMode {
        /** {@code option http-keep-alive}: both stay. */
        KEEP_ALIVE,
        /** {@code option http-server-close}: the server's is closed behind each response. */
        SERVER_CLOSE,
        /** {@code option httpclose}: both are closed. */
        CLOSE
    }

    /** What becomes of request fields whose names have other bytes than letters, digits and hyphens. Closed set. */
    public enum HeaderNames {
        PRESERVE,
        DELETE,
        REJECT;

        /** Whether a field's name is one of those. */
        public static boolean isOdd(MessageHead head, int field) {
            long name = head.name(field);
            int length = Slice.length(name);
            int at = 0;
            while (at < length && isUsual(head.byteAt(name, at))) {
                at++;
            }
            return at < length;
        }

        private static boolean isUsual(int octet) {
            int lower = octet | 0x20;
            return lower >= 'a' && lower <= 'z' || octet >= '0' && octet <= '9' || octet == '-';
        }
    }

    /** {@code option http-restrict-req-hdr-names}, looked at behind the rules of {@code http-request}. */
    public HeaderNames headerNames = HeaderNames.PRESERVE;

    public ConnectionMode connectionMode = ConnectionMode.KEEP_ALIVE;
    /** {@code option forwardfor}, null for none. */
    public AddressField forwardedFor;
    /** {@code option originalto}, null for none. */
    public AddressField originalTo;
    /** {@code option http-keep-header-case}: names of fields pass as they came; it is enough that either side says so. */
    public boolean keepsNameCase;
    /** How some names are written: a frontend's to clients, a backend's to servers ({@code h1-case-adjust}). */
    public NameCases nameCases = NameCases.NONE;
    /** {@code timeout http-request}: from a request's first byte, or from accept, to the end of its head; again for its body, if that is awaited. */
    public long requestTimeoutMs;
    /** How long {@code tarpit} in its rules holds a request: {@code timeout tarpit}, else {@code timeout connect}. */
    public long tarpitTimeoutMs;
    /** {@code option http-buffer-request}: a request's rules run when its body is here, or as much of it as fits. */
    public boolean buffersRequests;
}
