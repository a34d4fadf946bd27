package dev.weir.stick;

import java.nio.file.Path;
import java.util.List;

/**
 * A {@code stick-table} line. Immutable.
 *
 * @param name of the proxy, or of the table in a {@code peers} section
 * @param keyBytes longest key
 * @param entriesMax {@code size}
 * @param expireMs {@code expire}, 0 for never
 * @param isKept {@code nopurge}: a full table takes no new keys
 * @param file {@code persist}, or null
 */
public record TableSettings(
        String name,
        KeyType type,
        int keyBytes,
        int entriesMax,
        long expireMs,
        boolean isKept,
        List<Stored> stored,
        Path file) {
    /**
     * One thing to store.
     *
     * @param count length of an array, 1 for what is none
     * @param periodMs of a rate, else 0
     */
    public record Stored(StoredData data, int count, long periodMs) {}

    public TableSettings {
        stored = stored.stream().sorted((a, b) -> a.data().compareTo(b.data())).toList();
    }

    /** The same, storing something else. */
    public TableSettings storing(List<Stored> other) {
        return new TableSettings(name, type, keyBytes, entriesMax, expireMs, isKept, other, file);
    }

    /** The same for a few entries that nobody keeps. */
    TableSettings small(int entries) {
        return new TableSettings(name, type, keyBytes, Math.min(entries, entriesMax), expireMs, false, stored, null);
    }

    TableSettings withoutFile() {
        return new TableSettings(name, type, keyBytes, entriesMax, expireMs, isKept, stored, null);
    }
}
