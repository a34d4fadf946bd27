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
    private static final int PURGED_AT_ONCE = 64;

    private final TableSettings settings;
    private final EntryLayout layout;
    private final TablePlan plan;
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
            TablePlan plan,
            TableMemory memory,
            Clock clock,
            StickTable model) {
        this.settings = settings;
        this.model = model;
        this.layout = layout;
        this.plan = plan;
        this.memory = memory;
        originNs = clock.nanoTime();
        originMs = clock.epochMicros() / 1000;
        texts = new KeyDictionary(memory.dictionary());
        shards = new Shard[plan.shardCount()];
        int indexBytes = HashIndex.bytes(plan.slotCount());
        NativeMemory indexes = new NativeMemory((long) indexBytes * shards.length).preferHugePages(0);
        cleanable = CLEANER.register(this, release(memory, indexes));
        AtomicInteger total = new AtomicInteger();
        for (int i = 0; i < shards.length; i++) {
            var entries = new Entries(layout, plan, memory.entriesAddress() + plan.offset(i), memory.isLasting());
            var index = new HashIndex(entries, indexes.address() + (long) i * indexBytes);
            shards[i] = new Shard(entries, index, total, settings);
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
     * @param isSuccessor the process that has the file is about to end, and gives it up
     * @param notices takes what the operator should know of the file: damaged, written otherwise, entries lost
     * @throws IOException if the file cannot be used, with a message for the operator
     */
    public static StickTable open(TableSettings settings, Clock clock, boolean isSuccessor, Consumer<String> notices)
            throws IOException {
        EntryLayout layout = new EntryLayout(settings.keyBytes(), settings.stored());
        TablePlan plan = TablePlan.of(settings.entriesMax(), layout.entryBytes);
        if (settings.file() == null) {
            return new StickTable(settings, layout, plan, TableMemory.fresh(plan), clock, null);
        }
        TableFile file = TableFile.open(settings.file(), settings.fingerprint(), plan.bytes(), isSuccessor);
        if (file.finding() != null) {
            notices.accept("the file '" + settings.file() + "' of stick-table '" + settings.name() + "' "
                    + file.finding() + ": the table starts empty");
        }
        StickTable table = new StickTable(settings, layout, plan, file, clock, null);
        table.recover(notices);
        return table;
    }

    /**
     * A small table for trying something out: entries of the other are copied when they are first looked for, and what happens
     * to the copies leaves the other as it is.
     */
    public static StickTable sketchOf(StickTable other, Clock clock) {
        TableSettings small = other.settings.small(TablePlan.ENTRIES_OF_ONE_SHARD);
        TablePlan plan = TablePlan.of(small.entriesMax(), other.layout.entryBytes);
        return new StickTable(small, other.layout, plan, TableMemory.fresh(plan), clock, other);
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
        int hash = KeyHash.of(key, offset, used);
        Shard shard = shard(hash);
        shard.lock();
        int slot = shard.find(key, offset, used, hash, ms(nowNs));
        if (slot != Shard.NONE) {
            shard.entries().refer(slot, 1);
        }
        shard.unlock();
        return slot != Shard.NONE
                ? reference(hash, slot)
                : model != null ? TableCopy.entry(model, this, key, offset, used, nowNs) : NONE;
    }

    /** Refers to the entry of a key, and makes it if there is none; {@link #NONE} if the table is full and may not drop any. */
    public long findOrCreate(DirectBuffer key, int offset, int length, long nowNs) {
        long known = model == null ? NONE : find(key, offset, length, nowNs);
        return known != NONE ? known : create(key, offset, length, nowNs);
    }

    long create(DirectBuffer key, int offset, int length, long nowNs) {
        int used = Math.min(length, settings.keyBytes());
        int hash = KeyHash.of(key, offset, used);
        Shard shard = shard(hash);
        long nowMs = ms(nowNs);
        int slot;
        shard.lock();
        try {
            slot = shard.find(key, offset, used, hash, nowMs);
            if (slot == Shard.NONE) {
                slot = shard.create(key, offset, used, hash, expiry(nowMs), nowMs, !settings.isKept());
            }
            if (slot != Shard.NONE) {
                shard.entries().refer(slot, 1);
            }
        } finally {
            shard.unlock(); // also if the disk that the file is on fails: a lock that stays would stop every loop
        }
        return slot == Shard.NONE ? NONE : reference(hash, slot);
    }

    /** Gives a reference back. */
    public void release(long reference) {
        Shard shard = shard(reference);
        shard.lock();
        shard.entries().refer((int) reference, -1);
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
        shard.entries().refer(slot, -1);
        boolean isFree = shard.entries().references(slot) == 0;
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
        int at = shard.entries().at((int) reference) + layout.offset(data, index);
        shard.lock();
        long value = StoredValue.read(shard.entries().buffer, at, data, periodMs(data), ms(nowNs));
        shard.unlock();
        return value;
    }

    /** Adds to a number, or counts events of a rate; the new number, or events per period. */
    public long add(long reference, StoredData data, int index, long amount, long nowNs) {
        if (index >= layout.count(data)) {
            return 0;
        }
        Shard shard = shard(reference);
        int at = shard.entries().at((int) reference) + layout.offset(data, index);
        shard.lock();
        StoredValue.add(shard.entries().buffer, at, data, periodMs(data), amount, ms(nowNs));
        long value = StoredValue.read(shard.entries().buffer, at, data, periodMs(data), ms(nowNs));
        shard.entries().seal((int) reference);
        shard.unlock();
        return value;
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
        int at = shard.entries().at((int) reference) + layout.offset(data, index);
        shard.lock();
        StoredValue.set(shard.entries().buffer, at, data, value, ms(nowNs));
        shard.entries().seal((int) reference);
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
        long expiryMs = shard.entries().expiryMs((int) reference);
        shard.unlock();
        return expiryMs == Long.MAX_VALUE ? -1 : Math.max(0, expiryMs - ms(nowNs));
    }

    /** Sessions that refer to it. */
    public int references(long reference) {
        Shard shard = shard(reference);
        shard.lock();
        int count = shard.entries().references((int) reference);
        shard.unlock();
        return count;
    }

    /** Copies the key; its length. The buffer holds at least {@link TableSettings#keyBytes} bytes. */
    public int key(long reference, UnsafeBuffer out) {
        Shard shard = shard(reference);
        int at = shard.entries().at((int) reference);
        int length = shard.entries().buffer.getInt(at + EntryLayout.KEY_LENGTH) - 1;
        out.putBytes(0, shard.entries().buffer, at + EntryLayout.KEY, length);
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
            slot = shard.nextLive(slot, nowMs);
            if (slot != Shard.NONE) {
                shard.entries().refer(slot, 1);
            }
            shard.unlock();
            if (slot != Shard.NONE) {
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

    // ---- where keys go ----

    private long reference(int hash, int slot) {
        return (long) plan.shard(hash) << 32 | slot;
    }

    private Shard shard(int hash) {
        return shards[plan.shard(hash)];
    }

    private Shard shard(long reference) {
        return shards[(int) (reference >>> 32)];
    }

    /** Gives the memory back before the garbage collector finds the table unused. What a file holds stays. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
