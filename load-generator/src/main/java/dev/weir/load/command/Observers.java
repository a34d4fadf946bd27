package dev.weir.load.command;

import dev.weir.load.run.Outcome;
import dev.weir.load.run.RunObserver;
import dev.weir.load.run.Second;
import dev.weir.load.run.Tally;
import java.util.List;

/** Several observers as one. */
record Observers(List<RunObserver> all) implements RunObserver {
    @Override
    public void onStart(Outcome outcome) {
        all.forEach(observer -> observer.onStart(outcome));
    }

    @Override
    public void onSecond(Outcome outcome, Second second, Tally tally) {
        all.forEach(observer -> observer.onSecond(outcome, second, tally));
    }
}
