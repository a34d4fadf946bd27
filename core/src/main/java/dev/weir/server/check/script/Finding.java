package dev.weir.server.check.script;

/**
 * What an expectation says. Immutable.
 *
 * @param status of {@link Kind#FAILED}, of {@link Kind#MISMATCH} if the step names none; null for the step's
 * @param info more about it, of {@link Kind#MISMATCH} if the step has none; null for the step's
 */
record Finding(Kind kind, CheckStatus status, String info) {
    /** Closed set. */
    enum Kind {
        /** More has to be received. */
        WAITING,
        PASSED,
        /** Looked at, and not as wanted. */
        MISMATCH,
        /** Could not be looked at, or is wrong in a way that it says itself. */
        FAILED
    }

    static final Finding WAITING = new Finding(Kind.WAITING, null, null);
    static final Finding PASSED = new Finding(Kind.PASSED, null, null);
    static final Finding MISMATCH = new Finding(Kind.MISMATCH, null, null);

    /** Not as wanted: what is reported where the step does not say it. */
    static Finding mismatch(CheckStatus status, String info) {
        return new Finding(Kind.MISMATCH, status, info);
    }

    static Finding failed(CheckStatus status, String info) {
        return new Finding(Kind.FAILED, status, info);
    }

    static Finding passed(String info) {
        return new Finding(Kind.PASSED, null, info);
    }
}
