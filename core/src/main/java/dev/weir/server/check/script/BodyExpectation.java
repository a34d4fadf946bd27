package dev.weir.server.check.script;

import dev.weir.rule.FormattedText;
import dev.weir.sample.pattern.Regex;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Something in the body of an HTTP response; exactly one of the three is set. */
record BodyExpectation(byte[] text, Regex regex, FormatExpectation format) implements Expectation {
    static BodyExpectation string(String text) {
        return new BodyExpectation(ByteStrings.bytes(text), null, null);
    }

    static BodyExpectation regex(Regex regex) {
        return new BodyExpectation(null, regex, null);
    }

    static BodyExpectation format(FormattedText text) {
        return new BodyExpectation(null, null, new FormatExpectation(text, false));
    }

    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        if (run.reply().head() == null) {
            return Finding.WAITING;
        }
        DirectBuffer body = run.reply().body();
        int least = Math.max(text == null ? 1 : text.length, text == null ? step.receivedMin() : 1);
        if (!isLast && body.capacity() < least) {
            return Finding.WAITING;
        }
        if (body.capacity() == 0) {
            return Finding.mismatch(CheckStatus.L7RSP, "HTTP content check could not find a response body");
        }
        Finding finding = format == null ? step.decide(isIn(body), isLast) : format.find(run, step, body, isLast);
        return finding == Finding.MISMATCH ? Finding.mismatch(CheckStatus.L7RSP, mismatch(step)) : finding;
    }

    private boolean isIn(DirectBuffer body) {
        return regex == null ? ByteStrings.indexOf(body, text) >= 0 : regex.find(body, 0, body.capacity());
    }

    private static String mismatch(ExpectStep step) {
        return step.isInverse() ? "HTTP check matched unwanted content" : "HTTP content check did not match";
    }

    @Override
    public String title() {
        return "HTTP body";
    }

    @Override
    public String pattern() {
        if (format != null) {
            return format.pattern();
        }
        return regex == null ? " '" + ByteStrings.of(new UnsafeBuffer(text), 0, text.length) + "'" : " (regex)";
    }
}
