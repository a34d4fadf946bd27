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
    /** Another one for each change of how entries and texts lie in a file. */
    private static final int LAYOUT_VERSION = 3;

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

    /** Differs where a file that was written with other settings means something else. */
    long fingerprint() {
        long print = type.ordinal() * 31L + keyBytes;
        print = print * 1_000_003L + LAYOUT_VERSION;
        print = print * 1_000_003L + entriesMax;
        for (Stored each : stored) {
            print = print * 1_000_003L + each.data().text().hashCode();
            print = print * 1_000_003L + each.count();
            print = print * 1_000_003L + each.periodMs();
        }
        return print;
    }
}
