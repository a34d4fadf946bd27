package dev.weir.cli.explain;

import dev.weir.cli.explain.Explanation.Candidate;
import dev.weir.cli.explain.Explanation.Comparison;
import dev.weir.cli.explain.Explanation.Outcome;
import dev.weir.cli.explain.Explanation.Step;
import dev.weir.cli.explain.Explanation.Term;
import dev.weir.sample.Verdict;

/** Writes an explanation for people. No state. */
public final class ExplanationText {
    private ExplanationText() {}

    public static void write(Explanation explanation, StringBuilder out) {
        out.append(explanation.request).append("\nfrom ").append(explanation.source);
        out.append(" to frontend ").append(explanation.frontend).append('\n');
        String place = "";
        for (Step step : explanation.steps) {
            String now = step.proxy() + ": " + step.set();
            if (!now.equals(place)) {
                out.append('\n').append(now).append('\n');
                place = now;
            }
            step(step, out);
        }
        if (!explanation.candidates.isEmpty()) {
            candidates(explanation, out);
        }
        if (!explanation.notes.isEmpty()) {
            out.append('\n');
            explanation.notes.forEach(note -> out.append("note: ").append(note).append('\n'));
        }
        outcome(explanation.outcome, out.append('\n'));
    }

    private static void step(Step step, StringBuilder out) {
        String rule = step.rule() == null ? "(rule)" : step.rule();
        out.append("  ").append(word(step.verdict())).append("  ").append(rule);
        out.append("    [").append(step.file()).append(':').append(step.line()).append("]\n");
        int alternative = 0;
        for (Term term : step.terms()) {
            out.append(term.alternative() == alternative ? "" : "       or\n");
            alternative = term.alternative();
            out.append("         ").append(word(term.verdict())).append("  ").append(term.text());
            if (term.comparisons().size() == 1) {
                comparison(term, term.comparisons().getFirst(), out);
            }
            out.append('\n');
            if (term.comparisons().size() > 1) {
                for (Comparison comparison : term.comparisons()) {
                    out.append("                ").append(comparison.passes() ? "yes" : "no ");
                    out.append("  ").append(comparison.test());
                    values(comparison, out);
                    out.append('\n');
                }
            }
        }
    }

    /** The test of a named ACL, unless it is the term itself, and what it saw. */
    private static void comparison(Term term, Comparison comparison, StringBuilder out) {
        if (!term.text().contains(comparison.test())) {
            out.append(": ").append(comparison.test());
        }
        values(comparison, out);
    }

    private static void values(Comparison comparison, StringBuilder out) {
        out.append("   <- ");
        if (comparison.values().isEmpty()) {
            out.append("no value");
            return;
        }
        String separator = "";
        for (String value : comparison.values()) {
            out.append(separator).append('"').append(value).append('"');
            separator = ", ";
        }
    }

    private static String word(Verdict verdict) {
        return verdict == null
                ? "-  "
                : switch (verdict) {
                    case PASS -> "yes";
                    case FAIL -> "no ";
                    case UNDECIDED -> "?  ";
                };
    }

    private static void candidates(Explanation explanation, StringBuilder out) {
        out.append("\nbackend ").append(explanation.backend).append(": servers, balance ");
        out.append(explanation.algorithm).append('\n');
        for (Candidate candidate : explanation.candidates) {
            String limit = candidate.sessionsMax() == 0 ? "" : "/" + candidate.sessionsMax();
            out.append("  ")
                    .append(candidate.objection() == null ? "yes" : "no ")
                    .append("  ");
            out.append(candidate.name())
                    .append("  ")
                    .append(candidate.address())
                    .append("  ");
            out.append(candidate.state()).append("  weight ").append(candidate.weight());
            out.append("  sessions ").append(candidate.sessions()).append(limit);
            out.append(candidate.objection() == null ? "" : "   <- " + candidate.objection())
                    .append('\n');
        }
    }

    private static void outcome(Outcome outcome, StringBuilder out) {
        out.append("=> ");
        switch (outcome.end()) {
            case SERVER ->
                out.append("server ").append(outcome.backend()).append('/').append(outcome.server());
            case WAITS ->
                out.append("a queue of ")
                        .append(outcome.backend())
                        .append(outcome.server() == null ? "" : "/" + outcome.server());
            case NO_SERVER -> out.append("no server of ").append(outcome.backend());
            case NO_BACKEND -> out.append("no backend");
            case REPLY, BAD_REQUEST -> out.append("an answer of the proxy");
            case SERVICE -> out.append("a service");
            case CLOSED -> out.append("no answer");
        }
        out.append(outcome.status() == 0 ? "" : ", status " + outcome.status());
        out.append(outcome.location() == null ? "" : " to " + outcome.location());
        out.append(": ").append(outcome.reason()).append('\n');
    }
}
