package dev.weir.server.check.script;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.pattern.Regex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The status of an HTTP response: one of a list of ranges, or what matches a regular expression. */
record StatusExpectation(List<Range> ranges, Regex regex) implements Expectation {
    private record Range(int first, int last) {}

    /** What is wanted if nothing is said. */
    static final StatusExpectation USUAL = new StatusExpectation(List.of(new Range(200, 399)), null);

    /** {@code 200,300-399}. */
    static StatusExpectation parse(String text) throws ParseProblem {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",")) {
            int dash = part.indexOf('-');
            int first = number(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : number(part.substring(dash + 1));
            if (first > last) {
                throw new ParseProblem("invalid range of status codes '%s'", part);
            }
            ranges.add(new Range(first, last));
        }
        return new StatusExpectation(List.copyOf(ranges), null);
    }

    static StatusExpectation matching(Regex regex) {
        return new StatusExpectation(List.of(), regex);
    }

    private static int number(String digits) throws ParseProblem {
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || number > 99_999) {
                throw new ParseProblem("invalid character '%s' in the list of status codes", c);
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        MessageHead head = run.reply().head();
        if (head == null) {
            return Finding.WAITING;
        }
        boolean isFound = regex == null ? isInRange(head.status()) : isMatching(head.status());
        return isFound != step.isInverse() ? Finding.PASSED : Finding.mismatch(CheckStatus.L7STS, reason(head));
    }

    private boolean isInRange(int status) {
        for (Range range : ranges) {
            if (status >= range.first && status <= range.last) {
                return true;
            }
        }
        return false;
    }

    private boolean isMatching(int status) {
        byte[] digits = Integer.toString(status).getBytes(StandardCharsets.US_ASCII);
        return regex.find(new UnsafeBuffer(digits), 0, digits.length);
    }

    /** What the server calls its status; null if it does not say. */
    static String reason(MessageHead head) {
        long reason = head.reason();
        int length = reason == Slice.NONE ? 0 : Slice.length(reason);
        return length == 0 ? null : ByteStrings.of(head.bytes(reason), Slice.offset(reason), length);
    }

    @Override
    public String title() {
        return regex == null ? "HTTP status codes" : "HTTP status regex";
    }

    @Override
    public String pattern() {
        return regex == null ? "(status codes)" : " (regex)";
    }
}
