package dev.weir.stick;

import dev.weir.sync.SpinLock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The texts that entries of one table name ({@code server_key}: servers' names), each stored once; an entry keeps its place. Texts
 * are only ever added. With a file behind it they survive: the count of used bytes is written last, so that a text is there
 * wholly or not at all. Any thread.
 *
 * <pre>
 * 0  u32  bytes used, this header included
 * 4       texts: u16 length, bytes in UTF-8
 * </pre>
 */
final class KeyDictionary {
    static final int BYTES = 64 * 1024;
    private static final int HEADER = 4;
    private static final int LENGTH_BYTES = 2;

    private final UnsafeBuffer buffer;
    private final SpinLock lock = new SpinLock();
    private final Map<String, Integer> places = new ConcurrentHashMap<>();
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();

    KeyDictionary(UnsafeBuffer buffer) {
        this.buffer = buffer;
        int used = buffer.getInt(0);
        if (used < HEADER || used > BYTES || !read(used)) {
            places.clear();
            texts.clear();
            buffer.putInt(0, HEADER);
        }
    }

    private boolean read(int used) {
        int at = HEADER;
        while (at < used) {
            int length = buffer.getShort(at) & 0xFFFF;
            if (at + LENGTH_BYTES + length > used) {
                return false;
            }
            byte[] text = new byte[length];
            buffer.getBytes(at + LENGTH_BYTES, text);
            note(at, new String(text, StandardCharsets.UTF_8));
            at += LENGTH_BYTES + length;
        }
        return true;
    }

    private void note(int place, String text) {
        places.put(text, place);
        texts.put(place, text);
    }

    /** The place of a text; 0 if there is no room for another. Allocates only for a new one. */
    int place(String text) {
        Integer known = places.get(text);
        return known != null ? known : add(text);
    }

    private int add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            Integer known = places.get(text);
            if (known != null) {
                return known;
            }
            int at = buffer.getInt(0);
            int end = at + LENGTH_BYTES + bytes.length;
            if (end > BYTES || bytes.length > 0xFFFF) {
                return 0;
            }
            buffer.putShort(at, (short) bytes.length);
            buffer.putBytes(at + LENGTH_BYTES, bytes);
            buffer.putIntOrdered(0, end);
            note(at, text);
            return at;
        } finally {
            lock.unlock();
        }
    }

    /** Null if nothing is there. */
    String text(int place) {
        return place == 0 ? null : texts.get(place);
    }
}
