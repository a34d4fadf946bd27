package dev.weir.bridge.kernel;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;

/**
 * The process's signals. {@code sun.misc.Signal} is the JDK's only way to one; it is reached by name, since naming it in source
 * is a warning that cannot be switched off, and warnings are errors here.
 */
public final class Signals {
    private Signals() {}

    /** Runs the task, on a thread of the JDK's, whenever the signal comes. */
    public static void handle(String name, Runnable task) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Constructor<?> constructor = signalType.getConstructor(String.class);
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        task.run();
                        return null;
                    });
            signalType
                    .getMethod("handle", signalType, handlerType)
                    .invoke(null, constructor.newInstance(name), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not hand over SIG" + name, e);
        }
    }
}
