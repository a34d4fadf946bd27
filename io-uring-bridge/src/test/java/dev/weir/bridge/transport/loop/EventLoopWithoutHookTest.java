package dev.weir.bridge.transport.loop;

/** The same where the JDK refuses to let a loop be the carrier of its virtual threads. */
class EventLoopWithoutHookTest extends EventLoopTest {
    @Override
    protected boolean schedulerHook() {
        return false;
    }
}
