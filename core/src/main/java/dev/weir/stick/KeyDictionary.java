package dev.weir.stick;

import dev.weir.sync.SpinLock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The texts that entries of one table name ({@code server_key}: servers' names), each stored once; an entry keeps its place. Texts
 * are only ever added. With a file behind it they survive: the count of used bytes is written last, so that a text is there
 * wholly or not at all when a process dies; when a machine dies, checksums tell. Any thread.
 *
 * <pre>
 * 0  u32  bytes used, this header included
 * 4       texts: u16 length, u32 CRC-32C of the bytes, bytes in UTF-8
 * </pre>
 */
final class KeyDictionary {
    static final int BYTES = 64 * 1024;
    private static final int HEADER = 4;
    private static final int CRC_AT = 2;
    private static final int TEXT_AT = 6;

    private final UnsafeBuffer buffer;
    private final SpinLock lock = new SpinLock();
    private final Map<String, Integer> places = new ConcurrentHashMap<>();
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();

    private final boolean isDamaged;

    KeyDictionary(UnsafeBuffer buffer) {
        this.buffer = buffer;
        int used = buffer.getInt(0);
        isDamaged = used != 0 && (used < HEADER || used > BYTES || !read(used));
        if (used == 0 || isDamaged) {
            places.clear();
            texts.clear();
            buffer.putInt(0, HEADER);
        }
    }

    /** Whether what was there could not be read: it is empty now, and no entry may keep a place in it. */
    boolean isDamaged() {
        return isDamaged;
    }

    private boolean read(int used) {
        int at = HEADER;
        while (at + TEXT_AT <= used) {
            int length = buffer.getShort(at) & 0xFFFF;
            if (at + TEXT_AT + length > used) {
                return false;
            }
            byte[] text = new byte[length];
            buffer.getBytes(at + TEXT_AT, text);
            if (buffer.getInt(at + CRC_AT) != crc(text)) {
                return false;
            }
            note(at, new String(text, StandardCharsets.UTF_8));
            at += TEXT_AT + length;
        }
        return at == used;
    }

    private static int crc(byte[] text) {
        CRC32C crc = new CRC32C();
        crc.update(text);
        return (int) crc.getValue();
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
            int end = at + TEXT_AT + bytes.length;
            if (end > BYTES || bytes.length > 0xFFFF) {
                return 0;
            }
            buffer.putShort(at, (short) bytes.length);
            buffer.putInt(at + CRC_AT, crc(bytes));
            buffer.putBytes(at + TEXT_AT, bytes);
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
