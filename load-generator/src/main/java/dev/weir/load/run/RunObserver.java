package dev.weir.load.run;

/** Sees a run go by. Thread: main, between two seconds. */
public interface RunObserver {
    /** Connections are open, the clock starts. */
    void onStart(Outcome outcome);

    /** Another second is over; {@code outcome} has everything up to now. {@code tally} holds it alone, valid during the call. */
    void onSecond(Outcome outcome, Second second, Tally tally);
}
