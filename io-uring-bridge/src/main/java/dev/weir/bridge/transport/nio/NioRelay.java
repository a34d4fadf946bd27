package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.Meter;
import dev.weir.bridge.transport.Relay;
import dev.weir.bridge.transport.Relay.End;
import dev.weir.bridge.transport.loop.IdleLimits;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/**
 * Both directions of a session while the loop moves them by itself: the virtual thread that asked sleeps until the end, or has
 * left a task for it. Thread: the loop's.
 */
final class NioRelay implements Mover {
    private final NioEventLoop loop;
    private final NioConnection client;
    private final NioConnection server;
    private final Relay relay;
    private final NioDirection toServer;
    private final NioDirection toClient;
    private final IdleLimits limits;
    private final NioEventLoop.Alarm alarm;
    /** Who waits for the end; null if a task does. */
    private Thread sleeper;

    private Runnable afterwards;
    /** Who was silent for too long first; null while nobody was. */
    private End silent;

    NioRelay(NioEventLoop loop, NioConnection client, NioConnection server, Relay relay) {
        this.loop = loop;
        this.client = client;
        this.server = server;
        this.relay = relay;
        this.toServer = new NioDirection(this, client, server, true, loop.blocks());
        this.toClient = new NioDirection(this, server, client, false, loop.blocks());
        meter(toServer, relay.meterToServer);
        meter(toClient, relay.meterToClient);
        this.limits = new IdleLimits(toServer, toClient);
        limits.begin(relay, loop.nanoTime());
        this.alarm = loop.new Alarm(client, this::onAlarm);
    }

    private void meter(NioDirection direction, Meter meter) {
        if (meter != null) {
            direction.throttle = new NioThrottle(loop, client, meter, direction::onResumed);
        }
    }

    /** Parks the calling virtual thread until the relay is over. */
    void run() {
        sleeper = Thread.currentThread();
        begin();
        while (!isOver()) {
            loop.park();
        }
        letGo();
    }

    /** Starts a relay and returns; the loop runs the task when it is over. */
    void start(Runnable task) {
        afterwards = task;
        begin();
    }

    /** From the run queue, not from within an event: whoever handles that event still looks at us. */
    private void complete() {
        letGo();
        afterwards.run();
    }

    private void letGo() {
        alarm.disarm();
        toServer.release(relay.end == End.SERVER_SPOKE);
        toClient.release(false);
        server.held().stopAwaiting();
        client.detach();
        server.detach();
    }

    private void begin() {
        client.attach(this);
        server.attach(this);
        try {
            beginDirections();
            if (!isOver()) {
                rearm();
            }
        } catch (RuntimeException | Error e) {
            loop.onFault(client, e); // as in any later event: both connections are in the relay's hands already
        }
    }

    private void beginDirections() {
        if (client.isKilled() || server.isKilled() || loop.ends()) {
            end(End.KILLED);
        } else if (!client.isOpen() || client.inputFailed()) {
            end(End.CLIENT_FAILED);
        } else if (!server.isOpen() || server.inputFailed()) {
            end(End.SERVER_FAILED);
        } else {
            toServer.begin();
        }
        if (!isOver()) {
            beginToClient();
        }
    }

    private void beginToClient() {
        if (relay.stopWhenServerSpeaks) {
            onServerReadable();
        } else {
            toClient.begin();
        }
    }

    private void onServerReadable() {
        if (!relay.stopWhenServerSpeaks) {
            toClient.onReadable();
        } else if (server.hasSpoken()) {
            end(End.SERVER_SPOKE);
        }
    }

    /** What the session wrote before has left: readiness to write, which comes now, is the direction's. */
    @Override
    public void onOutput(NioConnection connection) {}

    @Override
    public void onReady(NioConnection connection, int readyOps) {
        boolean isClient = connection == client;
        if ((readyOps & SelectionKey.OP_WRITE) != 0 && !isOver()) {
            (isClient ? toClient : toServer).onWritable();
        }
        if ((readyOps & SelectionKey.OP_READ) != 0 && !isOver()) {
            onReadable(isClient);
        }
        if (isOver()) {
            connection.unwant(readyOps);
        }
    }

    private void onReadable(boolean isClient) {
        if (isClient) {
            toServer.onReadable();
        } else {
            onServerReadable();
        }
    }

    // ---- what the directions say ----

    boolean isOver() {
        return relay.end != null;
    }

    long nanoTime() {
        return loop.nanoTime();
    }

    int read(NioConnection source, Block block) throws IOException {
        loop.countSubmission();
        return block.readFrom(source.channel(), block.capacity());
    }

    int write(NioConnection target, Block block, int most) throws IOException {
        loop.countSubmission();
        return block.writeTo(target.channel(), most);
    }

    void received(boolean towardsServer) {
        limits.onReceived(towardsServer, loop.nanoTime());
    }

    void sent(boolean towardsServer, int bytes) {
        relay.addBytes(towardsServer, bytes);
        limits.onSent(towardsServer, loop.nanoTime());
    }

    /** The source may speak again after it had to wait for us: its silence is counted from now. */
    void stirred(boolean towardsServer) {
        limits.onReceived(towardsServer, loop.nanoTime());
    }

    void sourceEnded(boolean towardsServer) {
        limits.onReceived(towardsServer, loop.nanoTime());
        if (!relay.halfClosed) {
            relay.halfClosed = true;
            relay.clientEndedFirst = towardsServer;
        }
    }

    void directionEnded(boolean towardsServer) {
        limits.onSent(towardsServer, loop.nanoTime());
        if (toServer.isDone() && toClient.isDone()) {
            end(End.FINISHED);
        } else {
            // The limit that holds from now on may be shorter than that which the alarm was set for.
            rearm();
        }
    }

    boolean isAbruptTo(boolean towardsServer) {
        return relay.isAbruptTo(towardsServer);
    }

    void finish() {
        end(End.FINISHED);
    }

    /** @param client which side's connection failed */
    void failed(boolean client) {
        end(client ? End.CLIENT_FAILED : End.SERVER_FAILED);
    }

    @Override
    public void onKilled() {
        end(End.KILLED);
    }

    void onFault(Throwable e) {
        loop.onFault(client, e);
    }

    private void end(End end) {
        if (!isOver()) {
            toServer.endThrottling();
            toClient.endThrottling();
            relay.end = silent != null && end != End.SERVER_SPOKE ? silent : end;
            if (afterwards != null) {
                loop.execute(this::complete);
            } else if (sleeper != Thread.currentThread()) {
                loop.unpark(sleeper);
            }
        }
    }

    // ---- time ----

    private void onAlarm() {
        long nowNs = loop.nanoTime();
        if (!isOver() && limits.hasExpired(nowNs)) {
            onExpired(nowNs);
        }
        if (!isOver()) {
            rearm();
        }
    }

    /** As in HAProxy, who is silent is not listened to any more while the other way goes on. */
    private void onExpired(long nowNs) {
        boolean isStuck = limits.isStuck(true, nowNs) || limits.isStuck(false, nowNs);
        if (isStuck || relay.stopWhenServerSpeaks) {
            end(limits.isClientLate() ? End.CLIENT_TIMED_OUT : End.SERVER_TIMED_OUT);
            return;
        }
        boolean isServerSilent = limits.isSilent(false, nowNs);
        if (limits.isSilent(true, nowNs)) {
            stopListening(toServer, End.CLIENT_TIMED_OUT);
        }
        if (isServerSilent && !isOver()) {
            stopListening(toClient, End.SERVER_TIMED_OUT);
        }
    }

    private void stopListening(NioDirection direction, End cause) {
        silent = silent == null ? cause : silent;
        direction.stopListening();
    }

    private void rearm() {
        long nextNs = limits.nextLookNs(loop.nanoTime());
        if (nextNs == Long.MAX_VALUE) {
            alarm.disarm();
        } else {
            alarm.arm(nextNs);
        }
    }
}
