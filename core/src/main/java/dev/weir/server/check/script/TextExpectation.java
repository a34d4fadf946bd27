package dev.weir.server.check.script;

import org.agrona.DirectBuffer;

/** These bytes, anywhere in what has been received. */
record TextExpectation(byte[] text, String title, String pattern) implements Expectation {
    static TextExpectation string(String text) {
        return new TextExpectation(ByteStrings.bytes(text), "string '" + text + "'", " '" + text + "'");
    }

    static TextExpectation binary(byte[] bytes) {
        StringBuilder digits = new StringBuilder();
        for (byte octet : bytes) {
            digits.append(String.format("%02X", octet));
        }
        return new TextExpectation(bytes, "binary '" + digits + "'", " (binary)");
    }

    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        DirectBuffer received = run.received();
        if (!isLast && received.capacity() < text.length) {
            return Finding.WAITING;
        }
        return step.decide(ByteStrings.indexOf(received, text) >= 0, isLast);
    }
}
