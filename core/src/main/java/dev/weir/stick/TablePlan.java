package dev.weir.stick;

/**
 * How the entries of a table lie: spread over shards by hash, each with the same number of slots. Up to 16 shards share a plot, in
 * which they alternate by runs of 64 slots (the first run of each, the second run of each, ...): a table uses its memory from the
 * beginning on, however many entries it could hold, and entries that a shard made one after the other are neighbours. Immutable.
 *
 * @param slotCount of each shard
 */
record TablePlan(int shardCount, int slotCount, int entryBytes) {
    static final int ENTRIES_OF_ONE_SHARD = 2048;
    private static final int SHARDS_OF_ONE_PLOT = 16;
    private static final long PLOT_BYTES_MAX = 1L << 30;
    static final int RUN_SHIFT = 6;
    private static final int RUN_SLOTS = 1 << RUN_SHIFT;

    static TablePlan of(int entriesMax, int entryBytes) {
        int count = entriesMax <= ENTRIES_OF_ONE_SHARD ? 1 : SHARDS_OF_ONE_PLOT;
        while (plotBytes(count, slotCount(entriesMax, count), entryBytes) > PLOT_BYTES_MAX) {
            count *= 2;
        }
        return new TablePlan(count, slotCount(entriesMax, count), entryBytes);
    }

    /** Keys do not spread evenly: six standard deviations more than the mean, so that only the table as a whole is ever full. */
    private static int slotCount(int entriesMax, int shardCount) {
        int mean = Math.ceilDiv(entriesMax, shardCount);
        return shardCount == 1 ? mean : Math.ceilDiv(mean + 6 * (int) Math.sqrt(mean) + 1, RUN_SLOTS) * RUN_SLOTS;
    }

    private static long plotBytes(int shardCount, int slotCount, int entryBytes) {
        return (long) Math.min(shardCount, SHARDS_OF_ONE_PLOT) * slotCount * entryBytes;
    }

    private int shardsOfPlot() {
        return Math.min(shardCount, SHARDS_OF_ONE_PLOT);
    }

    /** All plots, one behind the other. */
    long bytes() {
        return plotBytes(shardCount, slotCount, entryBytes) * (shardCount / shardsOfPlot());
    }

    /** Where slot 0 of a shard lies. */
    long offset(int shard) {
        long plot = shard / shardsOfPlot();
        return plot * plotBytes(shardCount, slotCount, entryBytes)
                + (long) (shard % shardsOfPlot()) * RUN_SLOTS * entryBytes;
    }

    /** From slot 0 of a shard to behind its last one. */
    int reachBytes() {
        return (slotCount + (slotCount - 1) / RUN_SLOTS * slotsBetweenRuns()) * entryBytes;
    }

    /** Of others: from the end of a shard's run to the beginning of its next one. */
    int slotsBetweenRuns() {
        return (shardsOfPlot() - 1) * RUN_SLOTS;
    }

    /** By the highest bits; a shard's index uses the lowest. */
    int shard(int hash) {
        return (int) (Integer.toUnsignedLong(hash) * shardCount >>> 32);
    }
}
