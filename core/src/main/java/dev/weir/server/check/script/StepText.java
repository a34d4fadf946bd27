package dev.weir.server.check.script;

import dev.weir.server.check.script.CheckScript.Dialect;

/** How messages name a step. No state. */
final class StepText {
    private StepText() {}

    /** The end of a message about a connection that failed or a time that ran out; empty for scripts that were not written as steps. */
    static String place(CheckScript script, Step step) {
        if (script.dialect() != Dialect.TCP) {
            return "";
        }
        if (step.number() == 0) {
            return " at initial connection step of tcp-check";
        }
        return " at step " + step.number() + " of tcp-check" + action(step) + comment(step, "'");
    }

    private static String action(Step step) {
        return switch (step) {
            case ConnectStep connect -> connect.port() == 0 ? " (connect)" : " (connect port " + connect.port() + ")";
            case SendStep send -> " (send)";
            case ExpectStep expect -> " (expect " + expect.expectation().title() + ")";
            case VariableStep variable -> "";
        };
    }

    /** @param quote what stands around it */
    private static String comment(Step step, String quote) {
        return step.comment() == null ? "" : " comment: " + quote + step.comment() + quote;
    }

    static String emptyResponse(ExpectStep step) {
        return "TCPCHK got an empty response at step " + step.number();
    }

    /** Why a step failed; null where there is nothing to say. */
    static String failure(CheckRun run, ExpectStep step, Finding finding) {
        if (finding.status() == CheckStatus.SOCKERR) {
            return null; // comments are about answers
        }
        String text = cause(run, step, finding);
        String comment = comment(step, "");
        return text == null && comment.isEmpty() ? null : (text == null ? "" : text) + comment;
    }

    private static String cause(CheckRun run, ExpectStep step, Finding finding) {
        InfoText onError = step.outcomes().onError();
        if (onError != null && (finding.info() == null || finding.kind() == Finding.Kind.MISMATCH)) {
            return onError.of(run);
        }
        boolean isNamed = finding.info() != null || run.script().dialect() == Dialect.NATIVE;
        return isNamed ? finding.info() : mismatch(run.script().dialect(), step);
    }

    /** Of HTTP, steps of both senses did not match. */
    private static String mismatch(Dialect dialect, ExpectStep step) {
        boolean isUnwanted = step.isInverse() && dialect == Dialect.TCP;
        return (isUnwanted ? "TCPCHK matched unwanted content" : "TCPCHK did not match content")
                + step.expectation().pattern() + " at step " + step.number();
    }
}
