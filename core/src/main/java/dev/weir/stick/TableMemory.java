package dev.weir.stick;

import org.agrona.concurrent.UnsafeBuffer;

/** Where the entries and texts of a table lie. Owner: the table. */
interface TableMemory extends AutoCloseable {
    UnsafeBuffer dictionary();

    /** Of the entries ({@link TablePlan}); a multiple of a page. */
    long entriesAddress();

    /** Whether an earlier process left entries there. */
    boolean isRecovered();

    /** Whether entries outlive the process, and so are sealed. */
    boolean isLasting();

    @Override
    void close();

    /** Memory that goes with the process. The first entries lie in small pages, so that a table that holds few costs little. */
    static TableMemory fresh(TablePlan plan) {
        NativeMemory memory =
                new NativeMemory(plan.bytes() + KeyDictionary.BYTES).preferHugePages(NativeMemory.HUGE_PAGE_BYTES);
        return new TableMemory() {
            @Override
            public UnsafeBuffer dictionary() {
                return new UnsafeBuffer(memory.address() + plan.bytes(), KeyDictionary.BYTES);
            }

            @Override
            public long entriesAddress() {
                return memory.address();
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
