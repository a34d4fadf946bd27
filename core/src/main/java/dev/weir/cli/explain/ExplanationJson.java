package dev.weir.cli.explain;

import dev.weir.cli.explain.Explanation.Candidate;
import dev.weir.cli.explain.Explanation.Comparison;
import dev.weir.cli.explain.Explanation.Outcome;
import dev.weir.cli.explain.Explanation.Step;
import dev.weir.cli.explain.Explanation.Term;
import dev.weir.cli.stat.Json;
import dev.weir.sample.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Writes an explanation for programs: one object on one line. No state. */
public final class ExplanationJson {
    private ExplanationJson() {}

    public static void write(Explanation explanation, StringBuilder out) {
        out.append('{');
        text("request", explanation.request, out);
        text("source", explanation.source, out.append(','));
        text("frontend", explanation.frontend, out.append(','));
        text("backend", explanation.backend, out.append(','));
        text("balance", explanation.algorithm, out.append(','));
        out.append(",\"rules\":");
        list(explanation.steps, ExplanationJson::step, out);
        out.append(",\"servers\":");
        list(explanation.candidates, ExplanationJson::candidate, out);
        out.append(",\"notes\":");
        list(explanation.notes, Json::string, out);
        out.append(",\"outcome\":");
        outcome(explanation.outcome, out);
        out.append("}\n");
    }

    private static void step(Step step, StringBuilder out) {
        out.append('{');
        text("proxy", step.proxy(), out);
        text("set", step.set(), out.append(','));
        text("file", step.file(), out.append(','));
        out.append(",\"line\":").append(step.line()).append(',');
        text("rule", step.rule(), out);
        text("verdict", word(step.verdict()), out.append(','));
        out.append(",\"terms\":");
        list(step.terms(), ExplanationJson::term, out);
        out.append('}');
    }

    private static void term(Term term, StringBuilder out) {
        out.append("{\"alternative\":").append(term.alternative()).append(',');
        text("term", term.text(), out);
        text("verdict", word(term.verdict()), out.append(','));
        out.append(",\"tests\":");
        list(term.comparisons(), ExplanationJson::comparison, out);
        out.append('}');
    }

    private static void comparison(Comparison comparison, StringBuilder out) {
        out.append('{');
        text("test", comparison.test(), out);
        out.append(",\"passes\":").append(comparison.passes()).append(",\"values\":");
        list(comparison.values(), Json::string, out);
        out.append('}');
    }

    private static void candidate(Candidate candidate, StringBuilder out) {
        out.append('{');
        text("name", candidate.name(), out);
        text("address", candidate.address(), out.append(','));
        text("state", candidate.state(), out.append(','));
        out.append(",\"weight\":").append(candidate.weight());
        out.append(",\"sessions\":").append(candidate.sessions());
        out.append(",\"sessions_max\":").append(candidate.sessionsMax()).append(',');
        text("objection", candidate.objection(), out);
        out.append('}');
    }

    private static void outcome(Outcome outcome, StringBuilder out) {
        out.append('{');
        text("end", outcome.end().name().toLowerCase(Locale.ROOT), out);
        out.append(",\"status\":").append(outcome.status());
        text("location", outcome.location(), out.append(','));
        text("backend", outcome.backend(), out.append(','));
        text("server", outcome.server(), out.append(','));
        text("reason", outcome.reason(), out.append(','));
        out.append('}');
    }

    private static String word(Verdict verdict) {
        return verdict == null ? null : verdict.name().toLowerCase(Locale.ROOT);
    }

    private static void text(String name, String value, StringBuilder out) {
        out.append('"').append(name).append("\":");
        if (value == null) {
            out.append("null");
        } else {
            Json.string(value, out);
        }
    }

    private static <T> void list(List<T> items, BiConsumer<T, StringBuilder> writer, StringBuilder out) {
        String separator = "";
        out.append('[');
        for (T item : items) {
            out.append(separator);
            writer.accept(item, out);
            separator = ",";
        }
        out.append(']');
    }
}
