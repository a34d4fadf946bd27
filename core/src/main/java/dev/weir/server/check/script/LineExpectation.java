package dev.weir.server.check.script;

import org.agrona.DirectBuffer;

/** A line, whatever it says: it is the text of the result. */
record LineExpectation() implements Expectation {
    @Override
    public Finding examine(CheckRun run, ExpectStep step, boolean isLast) {
        DirectBuffer received = run.received();
        String line = ByteStrings.firstLine(received);
        if (line.length() == received.capacity()) {
            return isLast
                    ? Finding.failed(CheckStatus.CHECKED, "Ignoring incomplete line from agent")
                    : Finding.WAITING;
        }
        return Finding.passed(line);
    }

    @Override
    public String title() {
        return "custom function";
    }

    @Override
    public String pattern() {
        return " (custom function)";
    }
}
