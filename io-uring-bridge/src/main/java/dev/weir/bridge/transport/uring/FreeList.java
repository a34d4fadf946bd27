package dev.weir.bridge.transport.uring;

import java.util.function.Supplier;

/** Objects that wait for their next use, so that none is made for it; not more than a burst needs again. Thread: the loop's. */
final class FreeList<T> {
    private static final int KEPT_MAX = 256;

    private final Supplier<T> factory;
    private final Object[] kept = new Object[KEPT_MAX];
    private int count;

    FreeList(Supplier<T> factory) {
        this.factory = factory;
    }

    @SuppressWarnings("unchecked")
    T take() {
        if (count == 0) {
            return factory.get();
        }
        T object = (T) kept[--count];
        kept[count] = null;
        return object;
    }

    /** The caller does not use it any more. */
    void giveBack(T object) {
        if (count < KEPT_MAX) {
            kept[count++] = object;
        }
    }
}
