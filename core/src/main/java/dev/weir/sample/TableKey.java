package dev.weir.sample;

import dev.weir.stick.StickTable;
import dev.weir.stick.TableSettings;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Values as keys of stick tables: numbers and addresses in network byte order, binaries filled up with zeros. No state. */
public final class TableKey {
    private TableKey() {}

    /** Refers to the entry of another table's key. */
    public static long findSame(StickTable table, StickTable other, long entry, Scratch scratch, long nowNs) {
        UnsafeBuffer key = scratch.key(
                Math.max(other.settings().keyBytes(), table.settings().keyBytes()));
        int length = other.key(entry, key);
        return table.find(key, 0, length, nowNs);
    }

    /** The key of an entry as a value of its table's type. */
    public static boolean value(StickTable table, long entry, Sample out) {
        TableSettings settings = table.settings();
        UnsafeBuffer key = out.scratch().key(settings.keyBytes());
        int length = table.key(entry, key);
        return switch (settings.type()) {
            case IP -> out.ipv4(key.getInt(0, ByteOrder.BIG_ENDIAN));
            case IPV6 -> out.ipv6(key.getLong(0, ByteOrder.BIG_ENDIAN), key.getLong(Long.BYTES, ByteOrder.BIG_ENDIAN));
            case INTEGER -> out.integer(key.getInt(0, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL);
            case STRING -> out.string(out.writer().put(key, 0, length));
            case BINARY -> out.binary(out.writer().put(key, 0, length));
        };
    }

    /** What a value is cast to before it is a key. */
    public static SampleType typeFor(TableSettings table) {
        return switch (table.type()) {
            case IP -> SampleType.IPV4;
            case IPV6 -> SampleType.IPV6;
            case INTEGER -> SampleType.INTEGER;
            case STRING -> SampleType.STRING;
            case BINARY -> SampleType.BINARY;
        };
    }

    /** Refers to the entry of a value; {@link StickTable#NONE} if the value is no key of the table, or has no entry. */
    public static long find(StickTable table, Sample value, long nowNs) {
        return isKey(table, value) ? table.find(bytes(table, value), 0, length(table, value), nowNs) : StickTable.NONE;
    }

    /** The same, and makes the entry if there is none. */
    public static long findOrCreate(StickTable table, Sample value, long nowNs) {
        return isKey(table, value)
                ? table.findOrCreate(bytes(table, value), 0, length(table, value), nowNs)
                : StickTable.NONE;
    }

    /** Makes the value a key in place; false if it can be none. An empty text is one, as in HAProxy. */
    public static boolean isKey(StickTable table, Sample value) {
        return Casts.cast(value, typeFor(table.settings()));
    }

    /** The key's bytes for {@link #length}: those of a text, or numbers written into the value's scratch. */
    public static DirectBuffer bytes(StickTable table, Sample value) {
        TableSettings settings = table.settings();
        return switch (settings.type()) {
            case IP, INTEGER -> value.scratch().key(settings.keyBytes(), value.low());
            case IPV6 -> value.scratch().key(value.high(), value.low());
            case STRING -> value.bytes();
            case BINARY -> value.length() >= settings.keyBytes() ? value.bytes() : filled(settings, value);
        };
    }

    /** Of the key in {@link #bytes}. */
    public static int length(StickTable table, Sample value) {
        TableSettings settings = table.settings();
        return settings.type().hasLength() ? Math.min(value.length(), settings.keyBytes()) : settings.keyBytes();
    }

    private static DirectBuffer filled(TableSettings settings, Sample value) {
        UnsafeBuffer key = value.scratch().key(settings.keyBytes());
        key.setMemory(0, settings.keyBytes(), (byte) 0);
        key.putBytes(0, value.bytes(), 0, value.length());
        return key;
    }
}
