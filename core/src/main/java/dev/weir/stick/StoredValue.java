package dev.weir.stick;

import org.agrona.MutableDirectBuffer;

/** A value in an entry, as its form says. Stateless; the caller holds the shard's lock. */
final class StoredValue {
    private StoredValue() {}

    /** A number as it stands; of a rate, events per period. */
    static long read(MutableDirectBuffer buffer, int at, StoredData data, long periodMs, long nowMs) {
        return switch (data.form()) {
            case INTEGER, TEXT -> Integer.toUnsignedLong(buffer.getInt(at));
            case LONG -> buffer.getLong(at);
            case RATE -> RateCell.read(buffer, at, periodMs, nowMs);
        };
    }

    /** Adds to a number, or counts events of a rate. */
    static void add(MutableDirectBuffer buffer, int at, StoredData data, long periodMs, long amount, long nowMs) {
        switch (data.form()) {
            case INTEGER, TEXT -> buffer.putInt(at, buffer.getInt(at) + (int) amount);
            case LONG -> buffer.putLong(at, buffer.getLong(at) + amount);
            case RATE -> RateCell.add(buffer, at, periodMs, (int) amount, nowMs);
        }
    }

    /** Replaces a number; a rate then reads as that many events. */
    static void set(MutableDirectBuffer buffer, int at, StoredData data, long value, long nowMs) {
        switch (data.form()) {
            case INTEGER, TEXT -> buffer.putInt(at, (int) value);
            case LONG -> buffer.putLong(at, value);
            case RATE -> RateCell.set(buffer, at, (int) value, nowMs);
        }
    }
}
