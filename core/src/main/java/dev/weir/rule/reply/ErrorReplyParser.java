package dev.weir.rule.reply;

import dev.weir.rule.ActionTools;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;

/** Collects what a proxy or an {@code http-errors} section answers by status, line by line. One thread, while parsing. */
public final class ErrorReplyParser {
    private final ErrorReplies.Builder replies = ErrorReplies.NONE.builder();

    /**
     * Adds a line; {@code words} start behind the keyword.
     *
     * @param keyword such as {@code errorfile}
     */
    public void add(String keyword, Words words, ActionTools tools) throws ParseProblem {
        try {
            switch (keyword) {
                case "errorfile" -> file(words, tools);
                case "errorfiles" -> files(words, tools);
                case "errorloc303" -> location(303, words);
                case "http-error" -> described(words, tools);
                default -> location(302, words);
            }
        } catch (ParseProblem problem) {
            throw new ParseProblem("%s : %s", keyword, problem.getMessage());
        }
    }

    private static ParseProblem unhandled(int status) {
        return new ParseProblem("status code '%d' not handled.", status);
    }

    /** A status of the closed set. */
    private static int status(Words words) throws ParseProblem {
        String text = words.next();
        int status = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (!ErrorReplies.isKnown(status)) {
            throw unhandled(status);
        }
        return status;
    }

    private void file(Words words, ActionTools tools) throws ParseProblem {
        Pair pair = pair(words, "<file>");
        replies.add(
                pair.status,
                ErrorFile.load(
                        tools.context().folder(),
                        pair.text,
                        pair.status,
                        tools.resources().bufferBytes()));
    }

    private void location(int status, Words words) throws ParseProblem {
        Pair pair = pair(words, "<url>");
        replies.add(pair.status, ConstantReply.location(pair.status, status, pair.text));
    }

    private static Pair pair(Words words, String what) throws ParseProblem {
        String expected = "expects <status_code> and " + what + " as arguments.";
        String first = words.peek();
        if (first.isEmpty()) {
            throw new ParseProblem("%s", expected);
        }
        Words rest = new Words(words.rest());
        String status = rest.next();
        if (!rest.hasNext()) {
            throw new ParseProblem("%s", expected);
        }
        Pair pair = new Pair(status(Words.of(status)), rest.next());
        if (rest.hasNext()) {
            throw new ParseProblem("expects exactly two arguments.");
        }
        return pair;
    }

    private record Pair(int status, String text) {}

    private void files(Words words, ActionTools tools) throws ParseProblem {
        if (!words.hasNext()) {
            throw new ParseProblem("expects <name> as argument.");
        }
        String name = words.next();
        boolean isSelective = words.hasNext();
        ErrorReplies section = tools.resources().errorSection(name);
        while (words.hasNext()) {
            int status = status(words);
            if (section != null) {
                addFrom(section, name, status, tools);
            }
        }
        if (section == null) {
            throw new ParseProblem("unknown http-errors section '%s'", name);
        }
        if (!isSelective) {
            replies.addAll(section);
        }
    }

    private void addFrom(ErrorReplies section, String name, int status, ActionTools tools) {
        Reply reply = section.own(status);
        if (reply == null) {
            tools.context().warning("status '" + status + "' not declared in http-errors section '" + name + "'.");
        } else {
            replies.add(status, reply);
        }
    }

    private void described(Words words, ActionTools tools) throws ParseProblem {
        if (!words.skip("status")) {
            throw new ParseProblem("expects at least a <status> as arguments.");
        }
        int status = ReplyParser.status(words);
        if (!ErrorReplies.isKnown(status)) {
            throw unhandled(status);
        }
        Reply reply = ReplyParser.parse(words, tools, status);
        if (words.hasNext()) {
            throw new ParseProblem("unknown keyword '%s'.", words.peek());
        }
        replies.add(status, reply instanceof PageReply ? ErrorReplies.builtIn(status) : reply);
    }

    public ErrorReplies build() {
        return replies.build();
    }
}
