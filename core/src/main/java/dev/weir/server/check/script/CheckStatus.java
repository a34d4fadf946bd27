package dev.weir.server.check.script;

/** Outcomes of a check, with the code of statistics and the text of messages. Closed set. */
public enum CheckStatus {
    /** Not run yet. */
    INI(1, "INI", "Initializing", Verdict.NONE),
    /** The check ran and says nothing of the server: an agent that only sets a weight. */
    CHECKED(3, "CHECKED", "No status change", Verdict.NONE),
    /** Traffic, not a check, found errors. */
    HANA(4, "HANA", "Health analyze", Verdict.FAILED),
    SOCKERR(5, "SOCKERR", "Socket error", Verdict.FAILED),
    L4OK(6, "L4OK", "Layer4 check passed", Verdict.PASSED),
    L4TOUT(7, "L4TOUT", "Layer4 timeout", Verdict.FAILED),
    L4CON(8, "L4CON", "Layer4 connection problem", Verdict.FAILED),
    L6OK(9, "L6OK", "Layer6 check passed", Verdict.PASSED),
    L6TOUT(10, "L6TOUT", "Layer6 timeout", Verdict.FAILED),
    L6RSP(11, "L6RSP", "Layer6 invalid response", Verdict.FAILED),
    L7TOUT(12, "L7TOUT", "Layer7 timeout", Verdict.FAILED),
    L7RSP(13, "L7RSP", "Layer7 invalid response", Verdict.FAILED),
    L7OK(15, "L7OK", "Layer7 check passed", Verdict.PASSED),
    /** The server serves those it has and wants no new ones. */
    L7OKC(16, "L7OKC", "Layer7 check conditionally passed", Verdict.CONDITIONAL),
    L7STS(17, "L7STS", "Layer7 wrong status", Verdict.FAILED);

    private enum Verdict {
        NONE,
        PASSED,
        CONDITIONAL,
        FAILED
    }

    /** Numbers of server state files end before it. */
    public static final int NUMBERS = 21;

    private final int number;
    private final String code;
    private final String text;
    private final Verdict verdict;

    CheckStatus(int number, String code, String text, Verdict verdict) {
        this.number = number;
        this.code = code;
        this.text = text;
        this.verdict = verdict;
    }

    /** HAProxy's number, as server state files have it. */
    public int number() {
        return number;
    }

    /** The status with that number, or null: some are of checks that are not here. */
    public static CheckStatus of(int number) {
        for (CheckStatus status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        return null;
    }

    /** Whether statistics tell the code of the answer with it. */
    public boolean hasCode() {
        return this == L7OK || this == L7OKC || this == L7STS;
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
