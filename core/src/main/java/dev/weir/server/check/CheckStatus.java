package dev.weir.server.check;

/** Outcomes of a check, with the code of statistics and the text of messages. */
public enum CheckStatus {
    /** Not run yet. */
    INI("INI", "Initializing", false),
    /** Traffic, not a check, found errors. */
    HANA("HANA", "Health analyze", false),
    SOCKERR("SOCKERR", "Socket error", false),
    L4OK("L4OK", "Layer4 check passed", true),
    L4TOUT("L4TOUT", "Layer4 timeout", false),
    L4CON("L4CON", "Layer4 connection problem", false);

    private final String code;
    private final String text;
    private final boolean isPassed;

    CheckStatus(String code, String text, boolean isPassed) {
        this.code = code;
        this.text = text;
        this.isPassed = isPassed;
    }

    public String code() {
        return code;
    }

    public String text() {
        return text;
    }

    public boolean isPassed() {
        return isPassed;
    }
}
