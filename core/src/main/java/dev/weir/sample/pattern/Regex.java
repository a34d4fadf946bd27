package dev.weir.sample.pattern;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseProblem;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.agrona.DirectBuffer;

/**
 * A regular expression over bytes. The JDK's engine, with PCRE's notation translated where they differ. An input that makes
 * it recurse or backtrack beyond all measure counts as no match. Immutable; any loop: a matcher is kept and taken in turns,
 * so that matching allocates nothing unless two loops do it at the same moment.
 */
public final class Regex {
    private static final LongAdder GIVEN_UP = new LongAdder();
    private static final int GROUPS_MAX = 10;

    private final Pattern pattern;
    private final AtomicReference<Run> spare = new AtomicReference<>();

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    public static Regex compile(String text, boolean ignoresCase) throws ParseProblem {
        try {
            int flags = Pattern.UNIX_LINES | (ignoresCase ? Pattern.CASE_INSENSITIVE : 0);
            return new Regex(Pattern.compile(RegexTranslator.translate(text), flags));
        } catch (PatternSyntaxException e) {
            throw new ParseProblem(
                    "regex '%s' is invalid (error=%s, erroffset=%d)",
                    text, inPcreWords(e.getDescription()), e.getIndex());
        }
    }

    private static String inPcreWords(String description) {
        if (description.startsWith("Dangling meta character")) {
            return "quantifier does not follow a repeatable item";
        }
        return switch (description) {
            case "Unclosed group" -> "missing closing parenthesis";
            case "Unmatched closing ')'" -> "unmatched closing parenthesis";
            default -> description;
        };
    }

    /** How often any expression was given up since start, because it went on for too long: it matched nothing then. Any thread. */
    public static long givenUpCount() {
        return GIVEN_UP.sum();
    }

    /** Whether it matches anywhere. */
    public boolean find(DirectBuffer bytes, int offset, int length) {
        Run run = take(bytes, offset, length);
        boolean isFound = run.find(0);
        spare.set(run);
        return isFound;
    }

    /**
     * Copies the input with matches replaced; in the replacement {@code \0} to {@code \9} stand for groups.
     *
     * @param isGlobal whether all matches are replaced rather than the first
     */
    public void replace(DirectBuffer bytes, int length, byte[] replacement, boolean isGlobal, ByteWriter out) {
        Run run = take(bytes, 0, length);
        int copied = 0;
        int from = 0;
        while (from <= length && run.find(from)) {
            out.put(bytes, copied, run.start(0) - copied);
            run.expand(replacement, bytes, out);
            copied = run.end(0);
            boolean isEmpty = run.end(0) == run.start(0);
            from = isEmpty ? copied + 1 : copied;
            if (!isGlobal) {
                break;
            }
        }
        out.put(bytes, copied, length - copied);
        spare.set(run);
    }

    /** If it matches, writes the template with {@code \0} to {@code \9} replaced by groups. */
    public boolean expand(DirectBuffer bytes, int length, byte[] template, ByteWriter out) {
        Run run = take(bytes, 0, length);
        boolean isFound = run.find(0);
        if (isFound) {
            run.expand(template, bytes, out);
        }
        spare.set(run);
        return isFound;
    }

    /** As above, for a part of a buffer and a template that was made at run time. */
    public boolean expand(DirectBuffer bytes, int offset, int length, DirectBuffer template, ByteWriter out) {
        Run run = take(bytes, offset, length);
        boolean isFound = run.find(0);
        if (isFound) {
            run.expand(template, bytes, offset, out);
        }
        spare.set(run);
        return isFound;
    }

    private Run take(DirectBuffer bytes, int offset, int length) {
        Run run = spare.getAndSet(null);
        if (run == null) {
            run = new Run(pattern);
        }
        run.input.wrap(bytes, offset, length);
        run.matcher.reset(run.input);
        return run;
    }

    private static final class Run {
        private final Latin1View input = new Latin1View();
        private final java.util.regex.Matcher matcher;

        Run(Pattern pattern) {
            matcher = pattern.matcher("");
        }

        boolean find(int from) {
            try {
                return from == 0 ? matcher.find() : matcher.find(from);
            } catch (StackOverflowError | Latin1View.Exhausted e) {
                // Both mean that this input cannot be decided within reason; show activity tells how often.
                GIVEN_UP.increment();
                return false;
            }
        }

        int start(int group) {
            return matcher.start(group);
        }

        int end(int group) {
            return matcher.end(group);
        }

        void expand(byte[] template, DirectBuffer bytes, ByteWriter out) {
            for (int i = 0; i < template.length; i++) {
                if (template[i] != '\\' || i + 1 == template.length) {
                    out.put(template[i]);
                    continue;
                }
                int next = template[++i];
                if (next < '0' || next > '9') {
                    out.put(next);
                } else {
                    group(next - '0', bytes, 0, out);
                }
            }
        }

        void expand(DirectBuffer template, DirectBuffer bytes, int offset, ByteWriter out) {
            int length = template.capacity();
            for (int i = 0; i < length; i++) {
                int octet = template.getByte(i);
                if (octet != '\\' || i + 1 == length) {
                    out.put(octet);
                    continue;
                }
                int next = template.getByte(++i);
                if (next < '0' || next > '9') {
                    out.put(next);
                } else {
                    group(next - '0', bytes, offset, out);
                }
            }
        }

        private void group(int group, DirectBuffer bytes, int offset, ByteWriter out) {
            boolean isSet = group < GROUPS_MAX && group <= matcher.groupCount() && matcher.start(group) >= 0;
            if (isSet) {
                out.put(bytes, offset + matcher.start(group), matcher.end(group) - matcher.start(group));
            }
        }
    }
}
