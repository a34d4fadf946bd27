package dev.weir.stream;

import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;

/**
 * The stick table entries that a stream counts in: {@code track-sc0} and so on. What the connection's or session's rules track
 * stays to the end of the connection; what later rules track goes with the request. Owned by the stream's thread. Times are
 * readings of the clock in nanoseconds.
 */
public final class TrackedEntries {
    private static final StickTable[] NO_TABLES = {};

    private StickTable[] tables = NO_TABLES;
    private long[] entries = {};
    private boolean[] isOfRequest = {};
    private int highest;
    private boolean hasRequest;
    /** What the status of the response says, once there is one. */
    private boolean isError, isFailure;

    /** How far sample fetches may count: {@code tune.stick-counters}. Arrays are made with the first use. */
    private void reserve(int slot) {
        if (slot >= tables.length) {
            int count = Math.max(3, slot + 1);
            tables = java.util.Arrays.copyOf(tables, count);
            entries = java.util.Arrays.copyOf(entries, count);
            isOfRequest = java.util.Arrays.copyOf(isOfRequest, count);
        }
    }

    public boolean isTracking(int slot) {
        return slot < highest && tables[slot] != null;
    }

    public boolean isEmpty() {
        return highest == 0;
    }

    /** Null if nothing is tracked there. */
    public StickTable table(int slot) {
        return slot < highest ? tables[slot] : null;
    }

    /** A reference in {@link #table}. */
    public long entry(int slot) {
        return entries[slot];
    }

    /**
     * Begins to count in an entry, which the caller referred to; it is given back at the end. Ignored, and given back at once, if
     * the slot is taken: the first wins.
     *
     * @param isOfRequest whether it ends with the request
     */
    public void track(int slot, StickTable table, long entry, boolean isOfRequest, long nowNs) {
        reserve(slot);
        if (tables[slot] != null) {
            table.release(entry);
            return;
        }
        tables[slot] = table;
        entries[slot] = entry;
        this.isOfRequest[slot] = isOfRequest;
        highest = Math.max(highest, slot + 1);
        table.touch(entry, nowNs);
        table.add(entry, StoredData.CONN_CUR, 0, 1, nowNs);
        table.add(entry, StoredData.CONN_CNT, 0, 1, nowNs);
        table.add(entry, StoredData.CONN_RATE, 0, 1, nowNs);
        if (isOfRequest && hasRequest) {
            add(slot, StoredData.HTTP_REQ_CNT, StoredData.HTTP_REQ_RATE, 1, nowNs);
        }
        if (isError) {
            add(slot, StoredData.HTTP_ERR_CNT, StoredData.HTTP_ERR_RATE, 1, nowNs);
        }
        if (isFailure) {
            add(slot, StoredData.HTTP_FAIL_CNT, StoredData.HTTP_FAIL_RATE, 1, nowNs);
        }
    }

    /** The connection has become a session. */
    public void countSession(long nowNs) {
        count(StoredData.SESS_CNT, StoredData.SESS_RATE, 1, nowNs);
    }

    /** Another request, or another connection, begins: nothing of it has arrived. */
    void forgetRequest() {
        hasRequest = false;
        isError = false;
        isFailure = false;
    }

    /** An HTTP request has arrived: for all entries, and for those that are tracked from now on. */
    public void countRequest(long nowNs) {
        hasRequest = true;
        count(StoredData.HTTP_REQ_CNT, StoredData.HTTP_REQ_RATE, 1, nowNs);
    }

    /** The server has answered: for all entries, and for those that rules on the response track. */
    public void countResponse(boolean isError, boolean isFailure, long nowNs) {
        this.isError = isError;
        this.isFailure = isFailure;
        if (isError) {
            countError(nowNs);
        }
        if (isFailure) {
            countFailure(nowNs);
        }
    }

    /** The request was faulty or refused, or answered as the client's error. */
    public void countError(long nowNs) {
        count(StoredData.HTTP_ERR_CNT, StoredData.HTTP_ERR_RATE, 1, nowNs);
    }

    /** The response says that the server failed. */
    public void countFailure(long nowNs) {
        count(StoredData.HTTP_FAIL_CNT, StoredData.HTTP_FAIL_RATE, 1, nowNs);
    }

    /** Bytes from the client and to it. */
    public void countBytes(long bytesIn, long bytesOut, long nowNs) {
        if (highest > 0) {
            count(StoredData.BYTES_IN_CNT, StoredData.BYTES_IN_RATE, bytesIn, nowNs);
            count(StoredData.BYTES_OUT_CNT, StoredData.BYTES_OUT_RATE, bytesOut, nowNs);
        }
    }

    private void count(StoredData count, StoredData rate, long amount, long nowNs) {
        for (int slot = 0; slot < highest; slot++) {
            if (tables[slot] != null) {
                add(slot, count, rate, amount, nowNs);
            }
        }
    }

    private void add(int slot, StoredData count, StoredData rate, long amount, long nowNs) {
        tables[slot].add(entries[slot], count, 0, amount, nowNs);
        tables[slot].add(entries[slot], rate, 0, amount, nowNs);
    }

    /** The request is over: what it tracked is given back. */
    public void endRequest(long nowNs) {
        for (int slot = 0; slot < highest; slot++) {
            if (tables[slot] != null && isOfRequest[slot]) {
                giveBack(slot, nowNs);
            }
        }
        while (highest > 0 && tables[highest - 1] == null) {
            highest--;
        }
    }

    /** The connection is over. */
    public void end(long nowNs) {
        for (int slot = 0; slot < highest; slot++) {
            if (tables[slot] != null) {
                giveBack(slot, nowNs);
            }
        }
        highest = 0;
    }

    private void giveBack(int slot, long nowNs) {
        tables[slot].touch(entries[slot], nowNs);
        tables[slot].add(entries[slot], StoredData.CONN_CUR, 0, -1, nowNs);
        tables[slot].release(entries[slot]);
        tables[slot] = null;
    }
}
