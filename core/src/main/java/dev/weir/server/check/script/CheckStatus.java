package dev.weir.server.check.script;

/** Outcomes of a check, with the code of statistics and the text of messages. Closed set. */
public enum CheckStatus {
    /** Not run yet. */
    INI("INI", "Initializing", Verdict.NONE),
    /** The check ran and says nothing of the server: an agent that only sets a weight. */
    CHECKED("CHECKED", "No status change", Verdict.NONE),
    /** Traffic, not a check, found errors. */
    HANA("HANA", "Health analyze", Verdict.FAILED),
    SOCKERR("SOCKERR", "Socket error", Verdict.FAILED),
    L4OK("L4OK", "Layer4 check passed", Verdict.PASSED),
    L4TOUT("L4TOUT", "Layer4 timeout", Verdict.FAILED),
    L4CON("L4CON", "Layer4 connection problem", Verdict.FAILED),
    L6OK("L6OK", "Layer6 check passed", Verdict.PASSED),
    L6TOUT("L6TOUT", "Layer6 timeout", Verdict.FAILED),
    L6RSP("L6RSP", "Layer6 invalid response", Verdict.FAILED),
    L7TOUT("L7TOUT", "Layer7 timeout", Verdict.FAILED),
    L7RSP("L7RSP", "Layer7 invalid response", Verdict.FAILED),
    L7OK("L7OK", "Layer7 check passed", Verdict.PASSED),
    /** The server serves those it has and wants no new ones. */
    L7OKC("L7OKC", "Layer7 check conditionally passed", Verdict.CONDITIONAL),
    L7STS("L7STS", "Layer7 wrong status", Verdict.FAILED);

    private enum Verdict {
        NONE,
        PASSED,
        CONDITIONAL,
        FAILED
    }

    private final String code;
    private final String text;
    private final Verdict verdict;

    CheckStatus(String code, String text, Verdict verdict) {
        this.code = code;
        this.text = text;
        this.verdict = verdict;
    }

    public String code() {
        return code;
    }

    public String text() {
        return text;
    }

    /** Whether the server is alive, if only conditionally. */
    public boolean isPassed() {
        return verdict == Verdict.PASSED || verdict == Verdict.CONDITIONAL;
    }

    public boolean isConditional() {
        return verdict == Verdict.CONDITIONAL;
    }

    public boolean isFailed() {
        return verdict == Verdict.FAILED;
    }

    /** Whether messages show the code that the server answered. */
    public boolean hasServerCode() {
        return this == L7OK || this == L7OKC || this == L7STS;
    }

    /** The status of that code, if it is one of those; null otherwise. */
    static CheckStatus of(String code, CheckStatus... among) {
        for (CheckStatus status : among) {
            if (status.code.equals(code)) {
                return status;
            }
        }
        return null;
    }
}
