package dev.weir.server.check.script;

/**
 * Wants something of what has been received.
 *
 * @param isInverse wants it not to be there
 * @param receivedMin looks only when so many bytes are there; 0 decides at once, -1 waits for more until something is found
 * @param head position in the script of the first inverse step of the steps that look at the same bytes, or its own: where to go on when
 *     more has been received
 * @param outcomes what is reported
 */
record ExpectStep(
        int number,
        String comment,
        Expectation expectation,
        boolean isInverse,
        int receivedMin,
        int head,
        Outcomes outcomes)
        implements Step {

    /**
     * What is reported; null where nothing is said.
     *
     * @param passed status if it is the last step
     * @param failed status if the step fails
     * @param timedOut status if it waits too long
     * @param onSuccess text if it is the last step
     * @param onError text if the step fails
     * @param code the code that is shown
     */
    record Outcomes(
            CheckStatus passed,
            CheckStatus failed,
            CheckStatus timedOut,
            InfoText onSuccess,
            InfoText onError,
            ServerCode code) {

        static final Outcomes DEFAULT = new Outcomes(null, null, null, null, null, null);
    }

    @Override
    public Step withComment(String newComment) {
        return new ExpectStep(number, newComment, expectation, isInverse, receivedMin, head, outcomes);
    }

    ExpectStep withHead(int newHead) {
        return new ExpectStep(number, comment, expectation, isInverse, receivedMin, newHead, outcomes);
    }

    CheckStatus passedStatus() {
        return outcomes.passed == null ? CheckStatus.L7OK : outcomes.passed;
    }

    CheckStatus failedStatus(Finding finding) {
        CheckStatus found = finding.status();
        boolean isSettled = found != null && finding.kind() == Finding.Kind.FAILED;
        if (outcomes.failed != null && !isSettled) {
            return outcomes.failed;
        }
        return found == null ? CheckStatus.L7RSP : found;
    }

    CheckStatus timedOutStatus() {
        return outcomes.timedOut == null ? CheckStatus.L7TOUT : outcomes.timedOut;
    }

    /**
     * Whether what is there decides.
     *
     * @param isFound whether it is there
     * @param isLast nothing more will come
     */
    Finding decide(boolean isFound, boolean isLast) {
        if (!isFound && !isLast && receivedMin == -1) {
            return Finding.WAITING;
        }
        return isFound != isInverse ? Finding.PASSED : Finding.MISMATCH;
    }
}
