package dev.weir.stream;

import dev.weir.sync.SpinLock;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/**
 * Variables of the {@code proc} scope. Any thread reads without locking; every write publishes a new immutable value and
 * therefore allocates, which is what keeps readers from seeing half a value.
 */
public final class ProcessVariables {
    private volatile Variable[] values = new Variable[8];
    /** Guards changes. */
    private final SpinLock lock = new SpinLock();

    /** Bytes of these variables, and of those of sessions that count in a limit of the process. */
    private final AtomicLong usedBytes = new AtomicLong();

    /** The same values, to be changed on their own. */
    public ProcessVariables copy() {
        ProcessVariables copy = new ProcessVariables();
        lock.lock();
        copy.values = values;
        copy.usedBytes.set(usedBytes.get());
        lock.unlock();
        return copy;
    }

    /** Null if it was never set or was unset. */
    public Variable get(int id) {
        Variable[] current = values;
        return id < current.length ? current[id] : null;
    }

    /**
     * Takes over what a configuration says otherwise than the one before it did; what both say alike keeps the value that it has
     * got since.
     *
     * @param before what the configuration before has set
     * @param now what this one sets
     */
    public void follow(ProcessVariables before, ProcessVariables now) {
        int idsMax = Math.max(before.values.length, now.values.length);
        for (int id = 0; id < idsMax; id++) {
            Variable wanted = now.get(id);
            if (wanted == null ? before.get(id) != null : !wanted.equalsValue(before.get(id))) {
                set(id, 0, wanted);
            }
        }
    }

    private boolean set(int id, long limitBytes, Variable value) {
        lock.lock();
        try {
            return replace(id, limitBytes, value);
        } finally {
            lock.unlock();
        }
    }

    private boolean replace(int id, long limitBytes, Variable value) {
        if (!reserve(cost(value) - cost(get(id)), value == null ? 0 : limitBytes)) {
            return false;
        }
        Variable[] next = Arrays.copyOf(values, Math.max(values.length, id + 1));
        next[id] = value;
        values = next;
        return true;
    }

    /**
     * Counts bytes that variables need, or give back if it is less than 0.
     *
     * @return false if they are more than the limit leaves, where it is not 0; nothing is counted then
     */
    boolean reserve(long bytes, long limitBytes) {
        long used = usedBytes.addAndGet(bytes);
        if (limitBytes > 0 && bytes > 0 && used > limitBytes) {
            usedBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Sets a number. @return false if a limit forbids it; the old value then stays */
    boolean number(VariableName name, ValueType type, long high, long low, VariableLimits limits) {
        Variable value = new Variable().at(Scope.PROC, name.id());
        value.number(type, high, low);
        return set(name.id(), limits.process(), value);
    }

    /** Sets bytes, which are copied. @return false if a limit forbids it; the old value then stays */
    boolean bytes(
            VariableName name,
            ValueType type,
            long low,
            DirectBuffer source,
            int offset,
            int length,
            VariableLimits limits) {
        Variable value = new Variable().at(Scope.PROC, name.id());
        value.bytes(type, low, source, offset, length);
        return set(name.id(), limits.process(), value);
    }

    boolean unset(VariableName name) {
        return get(name.id()) != null && set(name.id(), 0, null);
    }

    private static long cost(Variable value) {
        return value == null ? 0 : VariableLimits.OVERHEAD_BYTES + value.length();
    }
}
