package dev.weir.stream;

import dev.weir.clock.Clock;

/** What expressions and logs may ask of the process. Any thread. */
public interface ProcessView {
    Clock clock();

    int pid();

    /** The machine's name. */
    String hostName();

    /** The name that {@code node} gives, or else the machine's: what statistics and checks say. */
    String nodeName();

    /** Client connections of the process now ({@code act_conn}, {@code %ac}). */
    int connections();

    /** Reading of the clock when the process started. */
    long startNs();

    boolean isStopping();

    /** {@code nbthread}. */
    int threadCount();

    /** Variables of the {@code proc} scope. */
    ProcessVariables variables();

    VariableLimits variableLimits();

    /** Null if there is none of that name. */
    FrontendView frontend(String name);

    /** Null if there is none of that name. */
    BackendView backend(String name);
}
