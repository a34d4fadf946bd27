package dev.weir.server.check.script;

import dev.weir.rule.FormattedText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** A text made of a log format, or of its hexadecimal digits, anywhere in what has been received. */
record FormatExpectation(FormattedText text, boolean isBinary) implements Expectation {
    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        DirectBuffer received = run.received();
        if (!isLast && step.receivedMin() > received.capacity()) {
            return Finding.WAITING;
        }
        return find(run, step, received, isLast);
    }

    /** Looks for it in these bytes. */
    Finding find(CheckRun run, ExpectStep step, DirectBuffer bytes, boolean isLast) {
        ByteWriter out = new ByteWriter(64, Sample.BYTES_MAX);
        boolean isWritten = Payloads.write(text, run, out);
        if (!isWritten || out.length() == 0) {
            return Finding.failed(null, "log-format string evaluated to an empty string");
        }
        int length = isBinary ? Hex.decode(out.array(), out.length()) : out.length();
        if (length < 0) {
            return Finding.failed(null, "Failed to parse hexastring resulting of eval of a log-format string");
        }
        return step.decide(ByteStrings.indexOf(bytes, Arrays.copyOf(out.array(), length)) >= 0, isLast);
    }

    @Override
    public String title() {
        return isBinary ? "log-format binary" : "log-format string";
    }

    @Override
    public String pattern() {
        return isBinary ? " (log-format binary)" : " (log-format string)";
    }
}
