package dev.weir.load.run;

import dev.weir.load.plan.Job;

/** Requests of one connection that were taken and not yet answered, oldest first. Thread: the user's. */
final class InFlight {
    private final Job[] jobs;
    private final long[] dueNs;
    private int first;
    private int count;

    InFlight(int max) {
        jobs = new Job[max];
        dueNs = new long[max];
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    void add(Job job, long dueNs) {
        int at = (first + count++) % jobs.length;
        jobs[at] = job;
        this.dueNs[at] = dueNs;
    }

    Job firstJob() {
        return jobs[first];
    }

    /** {@code index} counts from the oldest. */
    Job job(int index) {
        return jobs[(first + index) % jobs.length];
    }

    long firstDueNs() {
        return dueNs[first];
    }

    void drop() {
        jobs[first] = null;
        first = (first + 1) % jobs.length;
        count--;
    }
}
