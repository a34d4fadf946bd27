package dev.weir.bridge.transport.uring;

import dev.weir.bridge.ring.Ring;

/** Hands each completion to whom it concerns, which its user data tells. Thread: the loop's. */
final class Completions implements Ring.CompletionHandler {
    private final UringEventLoop loop;
    private final ConnectionTable connections;
    private final Listeners listeners;
    private final WakeUp wakeUp;
    private final Alarm alarm;

    Completions(UringEventLoop loop, WakeUp wakeUp, Alarm alarm) {
        this.loop = loop;
        this.connections = loop.connections();
        this.listeners = loop.listeners();
        this.wakeUp = wakeUp;
        this.alarm = alarm;
    }

    @Override
    public void onCompletion(long userData, int result, int flags) {
        int slot = UserData.slot(userData);
        int generation = UserData.generation(userData);
        int operation = UserData.operation(userData);
        if (operation == UserData.WAKE) {
            wakeUp.onRing();
        } else if (operation == UserData.ALARM) {
            alarm.onRing();
        } else if (operation == UserData.ACCEPT) {
            onListener(listeners.find(slot, generation), result, flags);
        } else if (operation != UserData.NOBODY) {
            onConnection(connections.find(slot, generation), operation, result, flags);
        }
    }

    /** Catches everything: a fault of ours with one new connection must not end the loop. */
    private void onListener(UringListener listener, int result, int flags) {
        try {
            listener.onAccept(result, flags);
        } catch (RuntimeException | Error e) {
            loop.onFault(null, e);
        }
    }

    /** Catches everything: a fault of ours in one session ends that session, not the loop. */
    private void onConnection(UringConnection connection, int operation, int result, int flags) {
        try {
            switch (operation) {
                case UserData.RECEIVE -> connection.onReceive(result, flags);
                case UserData.SEND -> connection.onSent(result);
                case UserData.CONNECT -> connection.onConnected(result);
                case UserData.POLL_IN -> connection.onReady(true);
                case UserData.POLL_OUT -> connection.onReady(false);
                default -> throw new IllegalStateException("operation " + operation);
            }
        } catch (RuntimeException | Error e) {
            loop.onFault(connection, e);
        }
    }
}
