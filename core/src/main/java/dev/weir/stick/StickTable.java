package dev.weir.stick;

import dev.weir.clock.Clock;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One stick table: up to a number of entries, each a key with what the table stores for it. An entry is found or made once and
 * then spoken of by a reference (a long), which keeps it from being taken away until it is given back; everything is read and
 * written through that. Allocates nothing after it was made.
 *
 * <p>Any thread. Times are readings of {@link Clock#nanoTime()}.
 */
public final class StickTable implements AutoCloseable {
    /** No entry. */
    public static final long NONE = -1L;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final long MS_NS = 1_000_000L;
    private static final int ENTRIES_OF_ONE_SHARD = 2048;
    private static final int SHARDS = 16;
    private static final long SHARD_BYTES_MAX = 1L << 30;
    private static final int PURGED_AT_ONCE = 64;
    /** Another one for each change of how entries and texts lie in a file. */
    private static final int LAYOUT_VERSION = 2;

    private final TableSettings settings;
    private final EntryLayout layout;
    private final TableMemory memory;
    private final Cleaner.Cleanable cleanable;
    private final Shard[] shards;
    private final KeyDictionary texts;
    private final long originNs;
    private final long originMs;
    /** Whose entries come over when they are looked for, or null. */
    private final StickTable model;

    private StickTable(
            TableSettings settings,
            EntryLayout layout,
            TableMemory memory,
            int shardCount,
            Clock clock,
            StickTable model) {
        this.settings = settings;
        this.model = model;
        this.layout = layout;
        this.memory = memory;
        originNs = clock.nanoTime();
        originMs = clock.epochMicros() / 1000;
        texts = new KeyDictionary(memory.dictionary());
        shards = new Shard[shardCount];
        int capacity = capacity(settings, shardCount);
        int indexBytes = Shard.indexBytes(capacity);
        NativeMemory indexes = new NativeMemory((long) indexBytes * shardCount);
        cleanable = CLEANER.register(this, release(memory, indexes));
        AtomicInteger total = new AtomicInteger();
        for (int i = 0; i < shardCount; i++) {
            UnsafeBuffer index = indexes.slice((long) i * indexBytes, indexBytes);
            shards[i] = new Shard(
                    layout, memory.entries(i), index, capacity, total, settings.entriesMax(), memory.isLasting());
        }
    }

    /** Must not know the table, or that would never become unreachable. */
    private static Runnable release(TableMemory memory, NativeMemory indexes) {
        return () -> {
            memory.close();
            indexes.close();
        };
    }

    /**
     * Makes a table, or takes over the one in its file.
     *
     * @param notices takes what the operator should know of the file: damaged, written otherwise, entries lost
     * @throws IOException if the file cannot be used, with a message for the operator
     */
    public static StickTable open(TableSettings settings, Clock clock, Consumer<String> notices) throws IOException {
        EntryLayout layout = new EntryLayout(settings.keyBytes(), settings.stored());
        int shardCount = shardCount(settings, layout);
        int shardBytes = capacity(settings, shardCount) * layout.entryBytes;
        if (settings.file() == null) {
            return new StickTable(settings, layout, TableMemory.fresh(shardCount, shardBytes), shardCount, clock, null);
        }
        TableFile file = TableFile.open(settings.file(), fingerprint(settings), shardCount, shardBytes);
        if (file.finding() != null) {
            notices.accept("the file '" + settings.file() + "' of stick-table '" + settings.name() + "' "
                    + file.finding() + ": the table starts empty");
        }
        StickTable table = new StickTable(settings, layout, file, shardCount, clock, null);
        table.recover(notices);
        return table;
    }

    /**
     * A small table for trying something out: entries of the other are copied when they are first looked for, and what happens
     * to the copies leaves the other as it is.
     */
    public static StickTable sketchOf(StickTable other, Clock clock) {
        TableSettings small = other.settings.small(ENTRIES_OF_ONE_SHARD);
        EntryLayout layout = new EntryLayout(small.keyBytes(), small.stored());
        int bytes = capacity(small, 1) * layout.entryBytes;
        return new StickTable(small, layout, TableMemory.fresh(1, bytes), 1, clock, other);
    }

    private static int shardCount(TableSettings settings, EntryLayout layout) {
        int count = settings.entriesMax() <= ENTRIES_OF_ONE_SHARD ? 1 : SHARDS;
        while ((long) capacity(settings, count) * layout.entryBytes > SHARD_BYTES_MAX) {
            count *= 2;
        }
        return count;
    }

    /** Keys do not spread evenly: six standard deviations more than the mean, so that only the table as a whole is ever full. */
    private static int capacity(TableSettings settings, int shardCount) {
        int mean = Math.ceilDiv(settings.entriesMax(), shardCount);
        return shardCount == 1 ? mean : mean + 6 * (int) Math.sqrt(mean) + 1;
    }

    private static long fingerprint(TableSettings settings) {
        long print = settings.type().ordinal() * 31L + settings.keyBytes();
        print = print * 1_000_003L + LAYOUT_VERSION;
        print = print * 1_000_003L + settings.entriesMax();
        for (TableSettings.Stored stored : settings.stored()) {
            print = print * 1_000_003L + stored.data().text().hashCode();
            print = print * 1_000_003L + stored.count();
            print = print * 1_000_003L + stored.periodMs();
        }
        return print;
    }

    private void recover(Consumer<String> notices) {
        if (!memory.isRecovered()) {
            return;
        }
        int torn = 0;
        for (Shard shard : shards) {
            torn += shard.recover(originMs);
        }
        if (torn > 0) {
            notices.accept("stick-table '" + settings.name() + "': " + torn + " entries in '" + settings.file()
                    + "' were incomplete and are dropped");
        }
        if (texts.isDamaged() && stores(StoredData.SERVER_KEY)) {
            notices.accept("stick-table '" + settings.name() + "': the texts in '" + settings.file()
                    + "' are damaged: all entries forget their server");
            forEach(originNs, reference -> set(reference, StoredData.SERVER_KEY, 0, 0));
        }
        if (stores(StoredData.CONN_CUR)) {
            forEach(originNs, reference -> set(reference, StoredData.CONN_CUR, 0, 0));
        }
    }

    public TableSettings settings() {
        return settings;
    }

    public String name() {
        return settings.name();
    }

    public boolean stores(StoredData data) {
        return layout.has(data);
    }

    /** Length of an array, 1 for what is none, 0 for what is not stored. */
    public int count(StoredData data) {
        return layout.count(data);
    }

    /** In milliseconds. */
    public long periodMs(StoredData data) {
        return layout.periodMs(data);
    }

    // ---- entries ----

    /** Refers to the entry of a key; {@link #NONE} if there is none. A longer key is cut. */
    public long find(DirectBuffer key, int offset, int length, long nowNs) {
        int used = Math.min(length, settings.keyBytes());
        int hash = hash(key, offset, used);
        Shard shard = shard(hash);
        shard.lock();
        int slot = shard.find(key, offset, used, hash, ms(nowNs));
        if (slot != Shard.NONE) {
            shard.refer(slot, 1);
        }
        shard.unlock();
        return slot != Shard.NONE ? reference(hash, slot) : model != null ? copy(key, offset, used, nowNs) : NONE;
    }

    private long copy(DirectBuffer key, int offset, int length, long nowNs) {
        long from = model.find(key, offset, length, nowNs);
        if (from == NONE) {
            return NONE;
        }
        long to = create(key, offset, length, nowNs);
        if (to != NONE) {
            copyValues(model, from, to, nowNs);
            set(to, StoredData.CONN_CUR, 0, model.get(from, StoredData.CONN_CUR, 0, nowNs));
        }
        model.release(from);
        return to;
    }

    /** Refers to the entry of a key, and makes it if there is none; {@link #NONE} if the table is full and may not drop any. */
    public long findOrCreate(DirectBuffer key, int offset, int length, long nowNs) {
        long known = model == null ? NONE : find(key, offset, length, nowNs);
        return known != NONE ? known : create(key, offset, length, nowNs);
    }

    private long create(DirectBuffer key, int offset, int length, long nowNs) {
        int used = Math.min(length, settings.keyBytes());
        int hash = hash(key, offset, used);
        Shard shard = shard(hash);
        long nowMs = ms(nowNs);
        shard.lock();
        int slot = shard.find(key, offset, used, hash, nowMs);
        if (slot == Shard.NONE) {
            slot = shard.create(key, offset, used, hash, expiry(nowMs), nowMs, !settings.isKept());
        }
        if (slot != Shard.NONE) {
            shard.refer(slot, 1);
        }
        shard.unlock();
        return slot == Shard.NONE ? NONE : reference(hash, slot);
    }

    /** Gives a reference back. */
    public void release(long reference) {
        Shard shard = shard(reference);
        shard.lock();
        shard.refer((int) reference, -1);
        shard.unlock();
    }

    /** Its life begins anew. */
    public void touch(long reference, long nowNs) {
        Shard shard = shard(reference);
        shard.lock();
        shard.touch((int) reference, expiry(ms(nowNs)));
        shard.unlock();
    }

    /** Drops the entry and gives the reference back; false if somebody else refers to it. */
    public boolean drop(long reference) {
        Shard shard = shard(reference);
        int slot = (int) reference;
        shard.lock();
        shard.refer(slot, -1);
        boolean isFree = shard.references(slot) == 0;
        if (isFree) {
            shard.drop(slot);
        }
        shard.unlock();
        return isFree;
    }

    private long expiry(long nowMs) {
        return settings.expireMs() == 0 ? Long.MAX_VALUE : nowMs + settings.expireMs();
    }

    private long ms(long nowNs) {
        return originMs + (nowNs - originNs) / MS_NS;
    }

    // ---- values; nothing happens, and nothing is read but 0, where the table does not store them ----

    /** A number as it stands; of a rate, events per period. */
    public long get(long reference, StoredData data, int index, long nowNs) {
        if (index >= layout.count(data)) {
            return 0;
        }
        Shard shard = shard(reference);
        int at = shard.at((int) reference) + layout.offset(data, index);
        shard.lock();
        long value = read(shard.entries(), at, data, nowNs);
        shard.unlock();
        return value;
    }

    private long read(UnsafeBuffer entries, int at, StoredData data, long nowNs) {
        return switch (data.form()) {
            case INTEGER, TEXT -> Integer.toUnsignedLong(entries.getInt(at));
            case LONG -> entries.getLong(at);
            case RATE -> RateCell.read(entries, at, layout.periodMs(data), ms(nowNs));
        };
    }

    /** Adds to a number, or counts events of a rate; the new number, or events per period. */
    public long add(long reference, StoredData data, int index, long amount, long nowNs) {
        if (index >= layout.count(data)) {
            return 0;
        }
        Shard shard = shard(reference);
        int at = shard.at((int) reference) + layout.offset(data, index);
        shard.lock();
        add(shard.entries(), at, data, amount, nowNs);
        long value = read(shard.entries(), at, data, nowNs);
        shard.seal((int) reference);
        shard.unlock();
        return value;
    }

    private void add(UnsafeBuffer entries, int at, StoredData data, long amount, long nowNs) {
        switch (data.form()) {
            case INTEGER, TEXT -> entries.putInt(at, entries.getInt(at) + (int) amount);
            case LONG -> entries.putLong(at, entries.getLong(at) + amount);
            case RATE -> RateCell.add(entries, at, layout.periodMs(data), (int) amount, ms(nowNs));
        }
    }

    /** Replaces a number; a rate then reads as that many events. */
    public void set(long reference, StoredData data, int index, long value) {
        set(reference, data, index, value, originNs);
    }

    public void set(long reference, StoredData data, int index, long value, long nowNs) {
        if (index >= layout.count(data)) {
            return;
        }
        Shard shard = shard(reference);
        int at = shard.at((int) reference) + layout.offset(data, index);
        shard.lock();
        switch (data.form()) {
            case INTEGER, TEXT -> shard.entries().putInt(at, (int) value);
            case LONG -> shard.entries().putLong(at, value);
            case RATE -> RateCell.set(shard.entries(), at, (int) value, ms(nowNs));
        }
        shard.seal((int) reference);
        shard.unlock();
    }

    /** {@code server_key}: a text, or null. */
    public String text(long reference, StoredData data) {
        return texts.text((int) get(reference, data, 0, originNs));
    }

    public void text(long reference, StoredData data, String text) {
        set(reference, data, 0, texts.place(text));
    }

    // ---- for people ----

    /** Milliseconds until it expires, -1 for never. */
    public long remainingMs(long reference, long nowNs) {
        Shard shard = shard(reference);
        shard.lock();
        long expiryMs = shard.expiry((int) reference);
        shard.unlock();
        return expiryMs == Long.MAX_VALUE ? -1 : Math.max(0, expiryMs - ms(nowNs));
    }

    /** Sessions that refer to it. */
    public int references(long reference) {
        Shard shard = shard(reference);
        shard.lock();
        int count = shard.references((int) reference);
        shard.unlock();
        return count;
    }

    /** Copies the key; its length. The buffer holds at least {@link TableSettings#keyBytes} bytes. */
    public int key(long reference, UnsafeBuffer out) {
        Shard shard = shard(reference);
        int at = shard.at((int) reference);
        int length = shard.entries().getInt(at + EntryLayout.KEY_LENGTH) - 1;
        out.putBytes(0, shard.entries(), at + EntryLayout.KEY, length);
        return length;
    }

    /** Entries that have not expired; drops others on the way. */
    public int used(long nowNs) {
        int used = 0;
        for (Shard shard : shards) {
            while (purge(shard, nowNs) == PURGED_AT_ONCE) {
                Thread.onSpinWait(); // others get the lock between two batches
            }
            shard.lock();
            used += shard.used();
            shard.unlock();
        }
        return used;
    }

    private int purge(Shard shard, long nowNs) {
        shard.lock();
        int count = shard.purge(ms(nowNs), PURGED_AT_ONCE);
        shard.unlock();
        return count;
    }

    /**
     * Walks through the entries while others use the table: refers to the first one at or behind a place.
     *
     * @param place 0 to begin, then {@link #placeBehind} of the entry before
     * @return {@link #NONE} at the end
     */
    public long next(long place, long nowNs) {
        int shardIndex = (int) (place >>> 32);
        int slot = (int) place;
        long nowMs = ms(nowNs);
        for (; shardIndex < shards.length; shardIndex++, slot = 0) {
            Shard shard = shards[shardIndex];
            shard.lock();
            while (slot < shard.touched() && !shard.isLive(slot, nowMs)) {
                slot++;
            }
            boolean isFound = slot < shard.touched();
            if (isFound) {
                shard.refer(slot, 1);
            }
            shard.unlock();
            if (isFound) {
                return (long) shardIndex << 32 | slot;
            }
        }
        return NONE;
    }

    /** Where {@link #next} goes on after an entry. */
    public static long placeBehind(long reference) {
        return reference + 1;
    }

    /** What is done with each entry. */
    public interface Visitor {
        /** The reference is given back afterwards. */
        void visit(long reference);
    }

    public void forEach(long nowNs, Visitor visitor) {
        for (long entry = next(0, nowNs); entry != NONE; entry = next(placeBehind(entry), nowNs)) {
            visitor.visit(entry);
            release(entry);
        }
    }

    /** Takes over what fits of another table: keys of the same type, and what both store. For a reload that changed the line. */
    public void copyFrom(StickTable other, long nowNs) {
        if (other.settings.type() != settings.type()) {
            return;
        }
        UnsafeBuffer key = new UnsafeBuffer(new byte[other.settings.keyBytes()]);
        other.forEach(nowNs, from -> {
            int length = other.key(from, key);
            long to = findOrCreate(key, 0, length, nowNs);
            if (to != NONE) {
                copyValues(other, from, to, nowNs);
                release(to);
            }
        });
    }

    private void copyValues(StickTable other, long from, long to, long nowNs) {
        for (TableSettings.Stored stored : settings.stored()) {
            StoredData data = stored.data();
            if (data == StoredData.CONN_CUR || !other.stores(data)) {
                continue; // sessions that live now count in the table that they began with
            }
            if (data.form() == StoredData.Form.TEXT) {
                String text = other.text(from, data);
                if (text != null) {
                    text(to, data, text);
                }
                continue;
            }
            for (int i = 0; i < Math.min(stored.count(), other.count(data)); i++) {
                set(to, data, i, other.get(from, data, i, nowNs), nowNs);
            }
        }
    }

    // ---- where keys go ----

    private static long reference(int hash, int slot, int shardCount) {
        return (long) shardIndex(hash, shardCount) << 32 | slot;
    }

    private long reference(int hash, int slot) {
        return reference(hash, slot, shards.length);
    }

    private Shard shard(int hash) {
        return shards[shardIndex(hash, shards.length)];
    }

    private Shard shard(long reference) {
        return shards[(int) (reference >>> 32)];
    }

    /** By the highest bits; a shard's index uses the lowest. */
    private static int shardIndex(int hash, int shardCount) {
        return (int) (Integer.toUnsignedLong(hash) * shardCount >>> 32);
    }

    private static int hash(DirectBuffer key, int offset, int length) {
        long hash = length * 0x9E3779B97F4A7C15L;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = mixed(hash ^ key.getLong(offset + i));
        }
        long rest = 0;
        for (; i < length; i++) {
            rest = rest << 8 | key.getByte(offset + i) & 0xFF;
        }
        hash = mixed(hash ^ rest);
        return (int) (hash >>> 32);
    }

    private static long mixed(long word) {
        long product = word * 0xD6E8FEB86659FD93L;
        return product ^ product >>> 32;
    }

    /** Gives the memory back before the garbage collector finds the table unused. What a file holds stays. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
