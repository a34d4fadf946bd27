package dev.weir.bridge.transport.nio;

import java.nio.channels.SelectionKey;

/**
 * Who wants to hear of a connection's input while nobody receives: a virtual thread that does something else, told when the input
 * is over, or a task, run once when there is something to see. Thread: the loop's.
 */
final class InputWatch {
    private final NioConnection connection;
    private final NioEventLoop loop;
    private final NioSocket socket;
    private final HeldInput input;
    private Thread watcher;
    private Runnable task;

    InputWatch(NioConnection connection, NioEventLoop loop, NioSocket socket, HeldInput input) {
        this.connection = connection;
        this.loop = loop;
        this.socket = socket;
        this.input = input;
    }

    void watch(Thread watcher) {
        task = null;
        this.watcher = watcher;
        look();
    }

    void runWhenReadable(Runnable task) {
        this.task = task;
        socket.want(SelectionKey.OP_READ);
    }

    /** Who waits for a block, too, waits for it no longer. */
    void stop() {
        if (watcher != null || task != null) {
            forget();
            input.stopAwaiting();
        }
    }

    /** Somebody receives from now on. */
    void forget() {
        watcher = null;
        task = null;
    }

    boolean hasTask() {
        return task != null;
    }

    boolean hasWatcher() {
        return watcher != null;
    }

    /** Something can be read, or a block to read into has come, and there is a watcher. */
    void look() {
        boolean mayGrow = !input.isOver() && input.bytes() < loop.blocks().blockBytes();
        if (mayGrow && input.hasRoom()) {
            read();
        }
        if (input.isOver()) {
            socket.unwant(SelectionKey.OP_READ);
            loop.unpark(watcher);
        } else if (input.bytes() < loop.blocks().blockBytes() && !input.isAwaitingBlock()) {
            socket.want(SelectionKey.OP_READ);
        } else {
            socket.unwant(SelectionKey.OP_READ);
        }
    }

    /** Something can be read, or a block to read into has come, and there is a task. */
    void readForTask() {
        if (input.hasRoom()) {
            read();
        }
        if (input.bytes() > 0 || input.isOver()) {
            socket.unwant(SelectionKey.OP_READ);
            runTask();
        } else if (input.isAwaitingBlock()) {
            socket.unwant(SelectionKey.OP_READ);
        } else {
            socket.want(SelectionKey.OP_READ);
        }
    }

    private void read() {
        loop.countSubmission();
        input.readFrom(socket.channel());
    }

    /** The last act of an event: the task may do anything with the connection. */
    void runTask() {
        Runnable next = task;
        task = null;
        try {
            next.run();
        } catch (RuntimeException | Error e) {
            connection.onTaskFailed();
            throw e;
        }
    }
}
