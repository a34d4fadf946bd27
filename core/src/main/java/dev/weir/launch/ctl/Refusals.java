package dev.weir.launch.ctl;

import java.util.regex.Pattern;

/** Tells answers that refuse a command from others: the process is asked to mark its messages by how grave they are. No state. */
final class Refusals {
    /** What stands before a command. */
    static final String MARKED = "set severity-output number;";

    /** What a command without a word to say leaves: an empty line for each of both commands. */
    private static final String EMPTY = "\n\n";

    private static final Pattern MARK = Pattern.compile("(?m)^\\[[0-7]\\]: ");
    private static final Pattern REFUSAL =
            Pattern.compile("(?m)^(\\[[0-3]\\]: |(\\[[0-7]\\]: )?Unknown command: |Success=0)");

    private Refusals() {}

    /** @param marked the answer to a marked command */
    static boolean isRefusal(String marked) {
        return REFUSAL.matcher(marked).find();
    }

    /** Whether there is nothing but the answer to the question for marks: the command's own is a line at least. */
    static boolean isMissing(String marked) {
        return marked.length() < EMPTY.length();
    }

    /** Without the marks, and without the empty answer to the question for them. */
    static String unmarked(String marked) {
        String own = marked.startsWith("\n") ? marked.substring(1) : marked;
        return MARK.matcher(own).replaceAll("");
    }
}
