package dev.weir.stick;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a table takes over of another one. Stateless; any thread. */
final class TableCopy {
    private TableCopy() {}

    /** Everything that fits: keys of the same type, and what both store. For a reload that changed the line. */
    static void all(StickTable from, StickTable to, long nowNs) {
        if (from.settings().type() != to.settings().type()) {
            return;
        }
        UnsafeBuffer key = new UnsafeBuffer(new byte[from.settings().keyBytes()]);
        from.forEach(nowNs, entry -> {
            int length = from.key(entry, key);
            long copy = to.findOrCreate(key, 0, length, nowNs);
            if (copy != StickTable.NONE) {
                values(from, entry, to, copy, nowNs);
                to.release(copy);
            }
        });
    }

    /** One entry, with the sessions that it counts; refers to the copy. {@link StickTable#NONE} if there is none, or no room. */
    static long entry(StickTable from, StickTable to, DirectBuffer key, int offset, int length, long nowNs) {
        long entry = from.find(key, offset, length, nowNs);
        if (entry == StickTable.NONE) {
            return StickTable.NONE;
        }
        long copy = to.create(key, offset, length, nowNs);
        if (copy != StickTable.NONE) {
            values(from, entry, to, copy, nowNs);
            to.set(copy, StoredData.CONN_CUR, 0, from.get(entry, StoredData.CONN_CUR, 0, nowNs));
        }
        from.release(entry);
        return copy;
    }

    private static void values(StickTable from, long entry, StickTable to, long copy, long nowNs) {
        for (TableSettings.Stored stored : to.settings().stored()) {
            StoredData data = stored.data();
            if (data == StoredData.CONN_CUR || !from.stores(data)) {
                continue; // sessions that live now count in the table that they began with
            }
            if (data.form() == StoredData.Form.TEXT) {
                String text = from.text(entry, data);
                if (text != null) {
                    to.text(copy, data, text);
                }
                continue;
            }
            for (int i = 0; i < Math.min(stored.count(), from.count(data)); i++) {
                to.set(copy, data, i, from.get(entry, data, i, nowNs), nowNs);
            }
        }
    }
}
