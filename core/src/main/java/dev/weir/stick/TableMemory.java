package dev.weir.stick;

import org.agrona.concurrent.UnsafeBuffer;

/** Where the entries and texts of a table lie. Owner: the table. */
interface TableMemory extends AutoCloseable {
    UnsafeBuffer dictionary();

    /** Entries of a shard. */
    UnsafeBuffer entries(int shard);

    /** Whether an earlier process left entries there. */
    boolean isRecovered();

    /** Whether entries outlive the process, and so are sealed. */
    boolean isLasting();

    @Override
    void close();

    /** Memory that goes with the process. */
    static TableMemory fresh(int shardCount, int shardBytes) {
        NativeMemory memory = new NativeMemory(KeyDictionary.BYTES + (long) shardCount * shardBytes);
        return new TableMemory() {
            @Override
            public UnsafeBuffer dictionary() {
                return memory.slice(0, KeyDictionary.BYTES);
            }

            @Override
            public UnsafeBuffer entries(int shard) {
                return memory.slice(KeyDictionary.BYTES + (long) shard * shardBytes, shardBytes);
            }

            @Override
            public boolean isRecovered() {
                return false;
            }

            @Override
            public boolean isLasting() {
                return false;
            }

            @Override
            public void close() {
                memory.close();
            }
        };
    }
}
