package dev.weir.bridge.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * {@code sched_yield(2)}: lets another thread of the machine have this one's CPU. {@link Thread#yield} is something else on a virtual
 * thread: it lets other virtual threads of the same loop run, in the middle of whatever the caller does. Any thread.
 */
@SuppressWarnings("restricted") // native access, as in Kernel
public final class ProcessorTurn {
    /** Null where the machine's library has none. */
    private static final MethodHandle SCHED_YIELD = Linker.nativeLinker()
            .defaultLookup()
            .find("sched_yield")
            .map(address -> Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT)))
            .orElse(null);

    private ProcessorTurn() {}

    public static void giveAway() {
        if (SCHED_YIELD == null) {
            Thread.onSpinWait();
            return;
        }
        try {
            int ignored = (int) SCHED_YIELD.invokeExact();
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws nothing", t);
        }
    }
}
