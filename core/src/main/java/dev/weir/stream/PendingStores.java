package dev.weir.stream;

import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keys whose server shall be noted once it has answered: {@code stick store-request} and {@code stick on} know the key before the
 * server. At most eight, as in HAProxy. Owned by the stream's thread; reused.
 */
public final class PendingStores {
    private static final int COUNT_MAX = 8;

    private final StickTable[] tables = new StickTable[COUNT_MAX];
    private final UnsafeBuffer[] keys = new UnsafeBuffer[COUNT_MAX];
    private final int[] lengths = new int[COUNT_MAX];
    private int count;
    /** Where the keys of what is looked at now, the request or the response, begin. */
    private int first;

    public void clear() {
        count = 0;
        first = 0;
    }

    /** From now on keys are of the response. */
    public void beginResponse() {
        first = count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Whether the request, or the response, has a key for that table already. */
    public boolean has(StickTable table) {
        for (int i = first; i < count; i++) {
            if (tables[i] == table) {
                return true;
            }
        }
        return false;
    }

    /** Copies the key. A ninth one is passed over. */
    public void add(StickTable table, DirectBuffer key, int length) {
        if (count < COUNT_MAX) {
            tables[count] = table;
            room(length).putBytes(0, key, 0, length);
            lengths[count++] = length;
        }
    }

    private UnsafeBuffer room(int length) {
        if (keys[count] == null || keys[count].capacity() < length) {
            keys[count] = new UnsafeBuffer(new byte[Math.max(64, length)]);
        }
        return keys[count];
    }

    /** Notes the server under all keys, unless it is one that keys do not lead to. */
    public void store(ServerView server, long nowNs) {
        for (int i = 0; server.isSticky() && i < count; i++) {
            StickTable table = tables[i];
            long entry = table.findOrCreate(keys[i], 0, lengths[i], nowNs);
            if (entry != StickTable.NONE) {
                table.touch(entry, nowNs);
                table.set(entry, StoredData.SERVER_ID, 0, server.id());
                table.text(entry, StoredData.SERVER_KEY, server.name());
                table.release(entry);
            }
        }
        clear();
    }
}
