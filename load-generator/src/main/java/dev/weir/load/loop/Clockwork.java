package dev.weir.load.loop;

import dev.weir.bridge.transport.EventLoop;
import java.util.Arrays;

/**
 * Alarms of one loop without a tick: a heap by due time over the loop's one exact timer. Setting, moving and taking back cost the
 * logarithm of their number and allocate nothing once the heap has its size. Thread: the loop's.
 */
public final class Clockwork {
    /** Something due at a time; its owner embeds it. */
    public abstract static class Alarm {
        private static final int NOT_SET = -1;
        private long dueNs;
        private int position = NOT_SET;

        /** The time has come; it may be set again. Does not wait. */
        protected abstract void ring();

        private boolean isSet() {
            return position != NOT_SET;
        }
    }

    private final EventLoop loop;
    private final EventLoop.ExactTimer timer;
    private Alarm[] heap = new Alarm[64];
    private int count;

    public Clockwork(EventLoop loop) {
        this.loop = loop;
        this.timer = loop.exactTimer(this::onTime);
    }

    public void set(Alarm alarm, long dueNs) {
        long before = alarm.dueNs;
        alarm.dueNs = dueNs;
        if (!alarm.isSet()) {
            if (count == heap.length) {
                heap = Arrays.copyOf(heap, count * 2);
            }
            put(alarm, count++);
            rise(alarm);
        } else if (dueNs < before) {
            rise(alarm);
        } else {
            sink(alarm);
        }
        timer.set(heap[0].dueNs);
    }

    public void cancel(Alarm alarm) {
        if (alarm.isSet()) {
            remove(alarm);
            timer.set(count == 0 ? Long.MAX_VALUE : heap[0].dueNs);
        }
    }

    private void onTime() {
        long now = loop.nanoTime();
        while (count > 0 && heap[0].dueNs <= now) {
            Alarm alarm = heap[0];
            remove(alarm);
            alarm.ring();
        }
        timer.set(count == 0 ? Long.MAX_VALUE : heap[0].dueNs);
    }

    private void remove(Alarm alarm) {
        int hole = alarm.position;
        alarm.position = Alarm.NOT_SET;
        Alarm last = heap[--count];
        heap[count] = null;
        if (last != alarm) {
            put(last, hole);
            rise(last);
            sink(last);
        }
    }

    private void put(Alarm alarm, int position) {
        heap[position] = alarm;
        alarm.position = position;
    }

    private void rise(Alarm alarm) {
        int at = alarm.position;
        while (at > 0 && heap[(at - 1) / 2].dueNs > alarm.dueNs) {
            put(heap[(at - 1) / 2], at);
            at = (at - 1) / 2;
        }
        put(alarm, at);
    }

    private void sink(Alarm alarm) {
        int at = alarm.position;
        while (true) {
            int child = 2 * at + 1;
            if (child >= count) {
                break;
            }
            if (child + 1 < count && heap[child + 1].dueNs < heap[child].dueNs) {
                child++;
            }
            if (heap[child].dueNs >= alarm.dueNs) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(alarm, at);
    }
}
