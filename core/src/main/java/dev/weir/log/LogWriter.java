package dev.weir.log;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.CivilTime;
import dev.weir.stream.LogLevel;
import dev.weir.sync.SpinLock;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * The thread that writes all lines. Loops take a record from a bounded pool, fill it and put it in a bounded queue; neither
 * step waits. Without a free record the line is dropped and counted ({@code DroppedLogs}).
 *
 * <p>Waking: the writer says that it sleeps, looks at the queue once more and parks; whoever submits looks at that mark after
 * the put and unparks. So no line lies in the queue while the writer sleeps.
 */
public final class LogWriter implements AutoCloseable {
    /** Lines that may wait; a pooled record grows to the longest line it held. */
    private static final int RECORDS_MAX = 4096;

    private final Queue<LogRecord> free = new MpmcVarHandleArrayQueue<>(RECORDS_MAX);
    private final Queue<LogRecord> filled = new MpmcVarHandleArrayQueue<>(RECORDS_MAX);
    private final Set<LogTarget> used = new HashSet<>();
    private final Queue<LogTarget> retired = new ConcurrentLinkedQueue<>();
    private final LongAdder dropped = new LongAdder();
    private final ByteWriter line = new ByteWriter(1024, LogRecord.BYTES_MAX);
    private final CivilTime time = new CivilTime();
    private final Thread thread;
    private volatile boolean isSleeping;
    private volatile boolean isClosed;
    /** Null: each target's own. */
    private volatile LogLevel limit;

    private final SpinLock creation = new SpinLock();
    private volatile int created;

    /** Starts the thread. */
    public LogWriter() {
        thread = Thread.ofPlatform().name("weir-log").daemon(true).start(this::run);
    }

    /** Lines that were lost, for want of room or because a target did not take them. */
    public long droppedCount() {
        return dropped.sum();
    }

    /** The least urgent level that is written to any target, whatever its line says; null if its line decides. Any thread. */
    public LogLevel limit() {
        return limit;
    }

    public void limit(LogLevel limit) {
        this.limit = limit;
    }

    /** Null, and one more dropped line, if all records are in use. */
    LogRecord take() {
        LogRecord record = free.poll();
        if (record == null && created < RECORDS_MAX) {
            record = create();
        }
        if (record == null) {
            dropped.increment();
            return null;
        }
        record.text.clear();
        record.structuredData.clear();
        return record;
    }

    /** Rare: the pool grows with the longest backlog there ever was. */
    private LogRecord create() {
        creation.lock();
        boolean mayCreate = created < RECORDS_MAX;
        created += mayCreate ? 1 : 0;
        creation.unlock();
        return mayCreate ? new LogRecord() : null;
    }

    void submit(LogRecord record) {
        filled.offer(record);
        if (isSleeping) {
            LockSupport.unpark(thread);
        }
    }

    void giveBack(LogRecord record) {
        free.offer(record);
    }

    /** Closes what a target holds, once the lines before have been written: after a reload that no longer has it. */
    void retire(LogTarget target) {
        retired.offer(target);
        LockSupport.unpark(thread);
    }

    private void run() {
        while (true) {
            LogRecord record = filled.poll();
            if (record != null) {
                write(record);
            } else if (isClosed) {
                break;
            } else {
                closeRetired();
                sleep();
            }
        }
        used.forEach(LogTarget::close);
    }

    private void sleep() {
        isSleeping = true;
        if (filled.isEmpty() && retired.isEmpty() && !isClosed) {
            LockSupport.park(this);
        }
        isSleeping = false;
    }

    private void closeRetired() {
        LogTarget target;
        while ((target = retired.poll()) != null) {
            target.close();
            used.remove(target);
        }
    }

    private void write(LogRecord record) {
        for (LogTarget target : record.targets) {
            used.add(target);
            if (!target.write(record, limit, time, line)) {
                dropped.increment();
            }
        }
        giveBack(record);
    }

    /** Writes what waits, closes all targets and ends the thread. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
