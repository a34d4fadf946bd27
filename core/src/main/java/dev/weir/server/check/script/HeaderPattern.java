package dev.weir.server.check.script;

import dev.weir.rule.FormattedText;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Sample;
import dev.weir.sample.pattern.Regex;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** How a name or a value has to be. Of constant, format and regex, one is set. */
record HeaderPattern(Method method, String constant, FormattedText format, Regex regex) {
    /** Closed set. */
    enum Method {
        STR,
        BEG,
        END,
        SUB,
        REG
    }

    /** What is wanted in this run; null if a format gives nothing, empty for a regular expression. */
    String text(CheckRun run) {
        if (format == null) {
            return constant == null ? "" : constant;
        }
        ByteWriter out = new ByteWriter(64, Sample.BYTES_MAX);
        boolean isWritten = Payloads.write(format, run, out) && out.length() > 0;
        return isWritten ? new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1) : null;
    }

    boolean isMatching(String subject, String wanted, boolean ignoresCase) {
        int behind = subject.length() - wanted.length();
        return switch (method) {
            case STR -> behind == 0 && subject.regionMatches(ignoresCase, 0, wanted, 0, wanted.length());
            case BEG -> subject.regionMatches(ignoresCase, 0, wanted, 0, wanted.length());
            case END -> behind >= 0 && subject.regionMatches(ignoresCase, behind, wanted, 0, wanted.length());
            case SUB -> contains(subject, wanted, ignoresCase);
            case REG -> {
                byte[] bytes = ByteStrings.bytes(subject);
                yield regex.find(new UnsafeBuffer(bytes), 0, bytes.length);
            }
        };
    }

    private static boolean contains(String subject, String wanted, boolean ignoresCase) {
        for (int start = 0; start <= subject.length() - wanted.length(); start++) {
            if (subject.regionMatches(ignoresCase, start, wanted, 0, wanted.length())) {
                return true;
            }
        }
        return false;
    }
}
