package dev.weir.server.check.script;

import dev.weir.rule.FormattedText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;

/** Texts of a script that are made when they are needed. No state. */
final class Payloads {
    private Payloads() {}

    static Payload constant(byte[] bytes) {
        return (run, out) -> {
            out.put(bytes);
            return true;
        };
    }

    static Payload formatted(FormattedText text) {
        return (run, out) -> write(text, run, out);
    }

    /** The text is made of hexadecimal digits; an empty one sends nothing. */
    static Payload hexFormatted(FormattedText text) {
        return (run, out) -> {
            if (!write(text, run, out)) {
                return false;
            }
            int length = Hex.decode(out.array(), out.length());
            if (length < 0) {
                return false;
            }
            out.length(length);
            return true;
        };
    }

    /** @return false if it is too long */
    static boolean write(FormattedText text, CheckRun run, ByteWriter out) {
        CheckScene scene = run.scene();
        Sample sample = scene.scratch().take();
        boolean isWritten = text.evaluate(scene.stream(), sample);
        if (isWritten) {
            out.put(sample.bytes(), 0, sample.length());
        }
        scene.scratch().release(sample);
        return isWritten;
    }
}
