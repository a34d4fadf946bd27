package dev.weir.load.run;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.load.plan.Job;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.Target;

/** One target on one loop: its pace, and whose turn it is among its requests. Thread: the loop's. */
final class TargetWork {
    private final Target target;
    private final Pace pace;
    private final boolean keepsConnections;
    private final Job[] jobs;
    private final int[] deck;
    private int next;

    /** {@code first}: place in the deck to begin with, so that loops do not all ask for the same at a time. */
    TargetWork(Plan plan, Target target, Pace pace, int first) {
        this.target = target;
        this.pace = pace;
        this.keepsConnections =
                !plan.isConnectionPerRequest() && !(target.jobs().getFirst() instanceof Job.Connect);
        this.jobs = target.jobs().toArray(Job[]::new);
        this.deck = target.deck();
        this.next = first % deck.length;
    }

    String name() {
        return target.name();
    }

    Endpoint endpoint() {
        return target.endpoint();
    }

    Pace pace() {
        return pace;
    }

    boolean keepsConnections() {
        return keepsConnections;
    }

    Job firstJob() {
        return jobs[0];
    }

    Job nextJob() {
        Job job = jobs[deck[next]];
        next = next + 1 == deck.length ? 0 : next + 1;
        return job;
    }
}
