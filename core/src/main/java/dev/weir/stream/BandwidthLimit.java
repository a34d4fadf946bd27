package dev.weir.stream;

import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;

/**
 * One limit of one stream. What passes is paid for with time: so many bytes that a period's limit would pay for them in that
 * time. Until then nothing more passes, so that a stream is slow rather than fast and then still. Of a shared limit a stream has
 * its part, by the references to the entry; the entry's rate besides bounds what all of them take. Threads that share an entry
 * look first and count then, so that together they may exceed it by what each takes at once, which the next period makes good.
 *
 * <p>Thread: the stream's loop. Times are the loop's, in nanoseconds.
 */
final class BandwidthLimit {
    private static final long MS_NS = 1_000_000;
    /** Who waited and was called late, as timers do, has not lost that time, up to this part of a period. */
    private static final int LATE_PART = 8;

    final BandwidthSettings settings;
    /** The limit that applies after it. */
    BandwidthLimit next;

    private long bytesMax;
    private long periodNs;
    private long entry = StickTable.NONE;
    private long paidUntilNs = Long.MIN_VALUE;
    /** Bytes that passed here, and did not yet pass the limits behind. */
    private long ahead;

    private boolean isCutting;

    BandwidthLimit(BandwidthSettings settings) {
        this.settings = settings;
    }

    /** Its own limit, from now on. */
    void own(long bytesMax, long periodMs) {
        this.bytesMax = bytesMax;
        this.periodNs = periodMs * MS_NS;
    }

    /** The limit of an entry, whose reference it takes over. */
    void share(long entry, long nowNs) {
        end(nowNs);
        this.entry = entry;
        own(settings.bytesMax(), settings.table().periodMs(rate()));
    }

    /** How many of those bytes the limits behind may look at. */
    int admit(int bytes, long nowNs) {
        if (ahead < bytes) {
            ahead += take(bytes - ahead, nowNs);
        }
        isCutting = ahead < bytes;
        return (int) Math.min(bytes, ahead);
    }

    /** So many passed all limits. */
    void passed(int bytes) {
        ahead -= bytes;
    }

    /** When it lets more through; 0 if it did not hold anything back. */
    long resumeNs() {
        return isCutting ? paidUntilNs : 0;
    }

    private long take(long bytes, long nowNs) {
        if (nowNs < paidUntilNs) {
            return 0;
        }
        long users = settings.table() == null ? 1 : Math.max(1, settings.table().references(entry));
        long room = room(nowNs);
        long part = (room + users - 1) / users;
        long taken = Math.min(bytes, part < settings.bytesMin() ? least(room) : part);
        count(taken, nowNs);
        paidUntilNs = taken > 0
                ? Math.max(paidUntilNs, isCutting ? nowNs - periodNs / LATE_PART : nowNs) + priceNs(taken * users)
                : nowNs + Math.clamp(priceNs(settings.bytesMin() * users), MS_NS, periodNs);
        return taken;
    }

    /** A small part becomes the least that is worth passing, which is paid for all the same, or waits until there is that much. */
    private long least(long room) {
        long least = settings.bytesMin();
        return least <= room ? least : bytesMax < least ? room : 0;
    }

    private long room(long nowNs) {
        long spent = settings.table() == null ? 0 : settings.table().get(entry, rate(), 0, nowNs);
        return Math.max(0, bytesMax - spent);
    }

    private void count(long bytes, long nowNs) {
        if (settings.table() != null && bytes > 0) {
            settings.table().add(entry, rate(), 0, bytes, nowNs);
        }
    }

    private StoredData rate() {
        return settings.isUpload() ? StoredData.BYTES_IN_RATE : StoredData.BYTES_OUT_RATE;
    }

    private long priceNs(long bytes) {
        return (long) ((double) bytes * periodNs / bytesMax);
    }

    /** Gives its entry back. */
    void end(long nowNs) {
        if (entry != StickTable.NONE) {
            settings.table().touch(entry, nowNs);
            settings.table().release(entry);
            entry = StickTable.NONE;
        }
    }
}
