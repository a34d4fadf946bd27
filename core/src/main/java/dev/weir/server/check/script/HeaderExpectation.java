package dev.weir.server.check.script;

import dev.weir.protocol.http.ListValues;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;

/**
 * A field of an HTTP response, by name and value.
 *
 * @param value null if any will do
 * @param isFull whether the value is one, commas included
 */
record HeaderExpectation(HeaderPattern name, HeaderPattern value, boolean isFull) implements Expectation {
    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        MessageHead head = run.reply().head();
        if (head == null) {
            return Finding.WAITING;
        }
        String wantedName = name.text(run);
        String wantedValue = value == null ? "" : value.text(run);
        if (wantedName == null || wantedValue == null) {
            return Finding.failed(CheckStatus.L7RSP, "log-format string evaluated to an empty string");
        }
        boolean isFound = isFound(head, wantedName, wantedValue);
        return isFound != step.isInverse()
                ? Finding.PASSED
                : Finding.mismatch(CheckStatus.L7STS, StatusExpectation.reason(head));
    }

    private boolean isFound(MessageHead head, String wantedName, String wantedValue) {
        for (int field = 0; field < head.fieldCount(); field++) {
            if (name.isMatching(text(head, head.name(field)), wantedName, true)
                    && (value == null || hasValue(head, field, wantedValue))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasValue(MessageHead head, int field, String wanted) {
        if (isFull) {
            return value.isMatching(text(head, head.value(field)), wanted, false);
        }
        ListValues values = new ListValues().startField(head, field);
        while (values.next()) {
            if (value.isMatching(text(head, values.value()), wanted, false)) {
                return true;
            }
        }
        return false;
    }

    private static String text(MessageHead head, long slice) {
        return ByteStrings.of(head.bytes(slice), Slice.offset(slice), Slice.length(slice));
    }

    @Override
    public String title() {
        return "HTTP header pattern";
    }

    @Override
    public String pattern() {
        return " (header pattern)";
    }
}
