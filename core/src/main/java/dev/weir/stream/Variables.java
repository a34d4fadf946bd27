package dev.weir.stream;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The variables one stream sees: its own, kept in a small list that is searched, and the process's. Slots are reused, so a
 * session that sets what the one before has set allocates nothing. Owned by the stream's thread.
 */
public final class Variables {
    private Variable[] slots;
    private int count;
    private ProcessVariables process;
    private VariableLimits limits = VariableLimits.NONE;
    /** What these variables have taken of the process's limit. */
    private long chargedBytes;

    void attach(ProcessVariables process, VariableLimits limits) {
        this.process = process;
        this.limits = limits;
    }

    /** Null if it is not set. */
    public Variable get(VariableName name) {
        if (name.scope() == Scope.PROC) {
            return process == null ? null : process.get(name.id());
        }
        int index = indexOf(name.scope(), name.id());
        return index < 0 ? null : slots[index];
    }

    /** @return false if a limit forbids it; the old value then stays */
    public boolean number(VariableName name, ValueType type, long high, long low) {
        if (name.scope() == Scope.PROC) {
            return process != null && process.number(name, type, high, low, limits);
        }
        Variable slot = slotFor(name, 0);
        if (slot != null) {
            slot.number(type, high, low);
        }
        return slot != null;
    }

    /** Copies the bytes; {@code low} is kept beside them. @return false if a limit forbids it; the old value then stays */
    public boolean bytes(VariableName name, ValueType type, long low, DirectBuffer source, int offset, int length) {
        if (name.scope() == Scope.PROC) {
            return process != null && process.bytes(name, type, low, source, offset, length, limits);
        }
        Variable slot = slotFor(name, length);
        if (slot != null) {
            slot.bytes(type, low, source, offset, length);
        }
        return slot != null;
    }

    /** @return whether it was set */
    public boolean unset(VariableName name) {
        if (name.scope() == Scope.PROC) {
            return process != null && process.unset(name);
        }
        int index = indexOf(name.scope(), name.id());
        if (index >= 0) {
            remove(index);
            discharge();
        }
        return index >= 0;
    }

    /** Forgets all of one scope, such as REQ when the request has been sent. */
    public void clear(Scope scope) {
        for (int i = count - 1; i >= 0; i--) {
            if (slots[i].scope == scope) {
                remove(i);
            }
        }
        discharge();
    }

    /** Forgets all of them, so that they count in no limit any more: the session or check is over. */
    public void clear() {
        count = 0;
        discharge();
    }

    /** Gives back to the process what was taken for variables that are gone. */
    private void discharge() {
        if (chargedBytes > 0) {
            long bytes = Math.min(chargedBytes, used(Scope.SESS, Scope.CHECK));
            process.reserve(bytes - chargedBytes, 0);
            chargedBytes = bytes;
        }
    }

    /** Takes what the process's limit leaves; less than 0 gives back. */
    private boolean charge(long bytes) {
        if (limits.process() == 0) {
            return true;
        }
        long taken = Math.max(bytes, -chargedBytes);
        boolean isTaken = process.reserve(taken, limits.process());
        chargedBytes += isTaken ? taken : 0;
        return isTaken;
    }

    private void remove(int index) {
        Variable removed = slots[index];
        slots[index] = slots[--count];
        slots[count] = removed;
    }

    private int indexOf(Scope scope, int id) {
        for (int i = 0; i < count; i++) {
            if (slots[i].id == id && slots[i].scope == scope) {
                return i;
            }
        }
        return -1;
    }

    private Variable slotFor(VariableName name, int length) {
        int index = indexOf(name.scope(), name.id());
        long added = length + (index < 0 ? VariableLimits.OVERHEAD_BYTES : -slots[index].length());
        if (limits != VariableLimits.NONE && !fits(name.scope(), added)) {
            return null;
        }
        return index < 0 ? newSlot(name) : slots[index];
    }

    private Variable newSlot(VariableName name) {
        if (slots == null) {
            slots = new Variable[4];
        } else if (count == slots.length) {
            slots = Arrays.copyOf(slots, count * 2);
        }
        if (slots[count] == null) {
            slots[count] = new Variable();
        }
        return slots[count++].at(name.scope(), name.id());
    }

    private boolean fits(Scope scope, long added) {
        boolean isNarrow = scope == Scope.REQ || scope == Scope.RES;
        boolean isOfExchange = isNarrow || scope == Scope.TXN;
        return (!isNarrow || within(limits.reqres(), used(Scope.REQ, Scope.RES) + added))
                && (!isOfExchange || within(limits.txn(), used(Scope.TXN, Scope.RES) + added))
                && (scope != Scope.CHECK || within(limits.check(), used(Scope.CHECK, Scope.CHECK) + added))
                && within(limits.sess(), used(Scope.SESS, Scope.CHECK) + added)
                && charge(added);
    }

    private static boolean within(long limit, long bytes) {
        return limit == 0 || bytes <= limit;
    }

    private long used(Scope first, Scope last) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            int scope = slots[i].scope.ordinal();
            if (scope >= first.ordinal() && scope <= last.ordinal()) {
                bytes += VariableLimits.OVERHEAD_BYTES + slots[i].length();
            }
        }
        return bytes;
    }
}
