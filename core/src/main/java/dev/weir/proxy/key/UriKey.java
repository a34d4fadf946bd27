package dev.weir.proxy.key;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.RequestTarget;
import dev.weir.protocol.http.Slice;
import org.agrona.DirectBuffer;

/** {@code balance uri}: the request's target up to its question mark, or less of it, or more. */
public final class UriKey extends HttpKey {
    private final int bytesMax;
    private final int depthMax;
    private final boolean isWhole;
    private final boolean isPathOnly;

    /**
     * @param bytesMax {@code len}, 0 for no limit
     * @param depthMax {@code depth}: how many slashes may be in it, 0 for no limit
     * @param isWhole {@code whole}: with the query
     * @param isPathOnly {@code path-only}: without scheme and authority
     */
    public UriKey(int bytesMax, int depthMax, boolean isWhole, boolean isPathOnly) {
        this.bytesMax = bytesMax;
        this.depthMax = depthMax;
        this.isWhole = isWhole;
        this.isPathOnly = isPathOnly;
    }

    @Override
    long find(MessageHead head) {
        long target = isPathOnly ? path(head) : head.target();
        int length = Slice.length(target);
        int limit = bytesMax == 0 ? length : Math.min(length, bytesMax);
        return Slice.part(target, 0, keyLength(head.bytes(target), Slice.offset(target), limit));
    }

    private static long path(MessageHead head) {
        long path = RequestTarget.pathAndQuery(head);
        return path == Slice.NONE ? Slice.part(head.target(), 0, 0) : path;
    }

    private int keyLength(DirectBuffer bytes, int offset, int limit) {
        int slashes = 0;
        for (int i = 0; i < limit; i++) {
            int octet = bytes.getByte(offset + i);
            if (octet == '/') {
                slashes++;
                if (depthMax != 0 && slashes > depthMax) {
                    return i;
                }
            } else if (octet == '?' && !isWhole) {
                return i;
            }
        }
        return limit;
    }
}
