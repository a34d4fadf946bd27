package dev.weir.stream;

import dev.weir.sync.SpinLock;
import org.agrona.DirectBuffer;

/**
 * Variables of the {@code proc} scope. Any thread reads without locking; every write publishes a new immutable value and
 * therefore allocates, which is what keeps readers from seeing half a value.
 */
public final class ProcessVariables {
    private volatile Variable[] values = new Variable[8];
    /** Guards changes. */
    private final SpinLock lock = new SpinLock();

    private long usedBytes;

    /** The same values, to be changed on their own. */
    public ProcessVariables copy() {
        ProcessVariables copy = new ProcessVariables();
        lock.lock();
        copy.values = values;
        copy.usedBytes = usedBytes;
        lock.unlock();
        return copy;
    }

    /** Null if it was never set or was unset. */
    public Variable get(int id) {
        Variable[] current = values;
        return id < current.length ? current[id] : null;
    }

    boolean set(VariableName name, long limitBytes, Variable value) {
        lock.lock();
        try {
            return replace(name, limitBytes, value);
        } finally {
            lock.unlock();
        }
    }

    private boolean replace(VariableName name, long limitBytes, Variable value) {
        Variable old = get(name.id());
        long needed = usedBytes - cost(old) + cost(value);
        if (limitBytes > 0 && value != null && needed > limitBytes) {
            return false;
        }
        usedBytes = needed;
        Variable[] next = java.util.Arrays.copyOf(values, Math.max(values.length, name.id() + 1));
        next[name.id()] = value;
        values = next;
        return true;
    }

    /** Sets a number; for configurations ({@code set-var} in global). */
    public boolean number(VariableName name, ValueType type, long high, long low, VariableLimits limits) {
        Variable value = new Variable().at(Scope.PROC, name.id());
        value.number(type, high, low);
        return set(name, limits.proc(), value);
    }

    /** Sets bytes, which are copied. */
    public boolean bytes(
            VariableName name,
            ValueType type,
            long low,
            DirectBuffer source,
            int offset,
            int length,
            VariableLimits limits) {
        Variable value = new Variable().at(Scope.PROC, name.id());
        value.bytes(type, low, source, offset, length);
        return set(name, limits.proc(), value);
    }

    public boolean unset(VariableName name) {
        return get(name.id()) != null && set(name, 0, null);
    }

    private static long cost(Variable value) {
        return value == null ? 0 : VariableLimits.OVERHEAD_BYTES + value.length();
    }
}
