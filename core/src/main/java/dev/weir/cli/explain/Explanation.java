package dev.weir.cli.explain;

import dev.weir.sample.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What was found out about a request, in order. One thread. */
public final class Explanation {
    /**
     * A rule that was looked at.
     *
     * @param proxy that it belongs to, such as {@code frontend web}
     * @param set such as {@code http-request}
     * @param rule as written, or null
     * @param terms of its condition, all alternatives together
     */
    record Step(String proxy, String set, String file, int line, String rule, Verdict verdict, List<Term> terms) {}

    /**
     * A term of a condition.
     *
     * @param alternative number of the terms that pass together, from 0; any alternative is enough
     * @param text as written, with the mark of the opposite
     * @param verdict null if others had decided before
     */
    record Term(int alternative, String text, Verdict verdict, List<Comparison> comparisons) {}

    /**
     * A line of an ACL.
     *
     * @param values that were compared; empty if there was none
     */
    record Comparison(String test, List<String> values, boolean passes) {}

    /**
     * A server of the backend.
     *
     * @param state as statistics have it
     * @param objection why it cannot be chosen, or null
     */
    record Candidate(
            String name, String address, String state, int weight, int sessions, int sessionsMax, String objection) {}

    /** How it ends. Closed set. */
    public enum End {
        SERVER,
        WAITS,
        NO_SERVER,
        NO_BACKEND,
        REPLY,
        SERVICE,
        CLOSED,
        BAD_REQUEST
    }

    /**
     * The end.
     *
     * @param status of what the proxy answers itself, 0 for none
     * @param location where a redirect leads, or null
     * @param backend null if none was chosen
     * @param server null if none was chosen
     * @param reason in words
     */
    record Outcome(End end, int status, String location, String backend, String server, String reason) {}

    final List<Step> steps = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<Candidate> candidates = new ArrayList<>();
    String request = "";
    String source = "";
    String frontend = "";
    String backend;
    String algorithm;
    Outcome outcome;
}
