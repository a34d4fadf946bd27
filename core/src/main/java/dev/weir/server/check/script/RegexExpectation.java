package dev.weir.server.check.script;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.pattern.Regex;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A regular expression that matches what has been received, or its hexadecimal digits. */
record RegexExpectation(Regex regex, boolean isBinary) implements Expectation {
    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        DirectBuffer received = run.received();
        if (!isLast && step.receivedMin() > received.capacity()) {
            return Finding.WAITING;
        }
        DirectBuffer subject = isBinary ? digits(received) : received;
        return step.decide(regex.find(subject, 0, subject.capacity()), isLast);
    }

    private static DirectBuffer digits(DirectBuffer received) {
        int length = received.capacity() * 2;
        ByteWriter digits = new ByteWriter(length, length);
        for (int i = 0; i < received.capacity(); i++) {
            digits.putHex(received.getByte(i));
        }
        return new UnsafeBuffer(digits.array(), 0, digits.length());
    }

    @Override
    public String title() {
        return isBinary ? "binary regex" : "regex";
    }

    @Override
    public String pattern() {
        return isBinary ? " (binary regex)" : " (regex)";
    }
}
