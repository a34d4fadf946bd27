package dev.weir.resolver;

import java.util.concurrent.atomic.AtomicLongArray;

/** The counters of one name server. The resolvers' thread writes; anyone reads, and may lag. */
public final class ResolverCounters {
    private final AtomicLongArray values = new AtomicLongArray(ResolverCounter.values().length);

    public void increment(ResolverCounter counter) {
        int index = counter.ordinal();
        values.lazySet(index, values.getPlain(index) + 1);
    }

    public long get(ResolverCounter counter) {
        return values.get(counter.ordinal());
    }
}
