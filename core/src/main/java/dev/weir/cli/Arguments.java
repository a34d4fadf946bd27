package dev.weir.cli;

import java.util.List;

/** The words behind a command's name, with a cursor; and the payload that followed the line, or null. One thread. */
public final class Arguments {
    private final List<String> words;
    private final String payload;
    private int next;

    Arguments(List<String> words, String payload) {
        this.words = words;
        this.payload = payload;
    }

    public boolean hasNext() {
        return next < words.size();
    }

    /** How many words are left. */
    public int count() {
        return words.size() - next;
    }

    /** The next word, empty at the end. */
    public String next() {
        return hasNext() ? words.get(next++) : "";
    }

    /** The next word, empty at the end; it stays the next. */
    public String peek() {
        return hasNext() ? words.get(next) : "";
    }

    /** Takes the next word if it is that one. */
    public boolean skip(String word) {
        if (!peek().equals(word)) {
            return false;
        }
        next++;
        return true;
    }

    /** The next word, or a failure with that answer. */
    public String require(String answer) throws CommandFailure {
        if (!hasNext()) {
            throw new CommandFailure("%s", answer);
        }
        return next();
    }

    /** Fails with that answer if there is no next word. */
    public void requireNext(String answer) throws CommandFailure {
        if (!hasNext()) {
            throw new CommandFailure("%s", answer);
        }
    }

    /** All that is left, with blanks in between. */
    public String rest() {
        String text = String.join(" ", words.subList(next, words.size()));
        next = words.size();
        return text;
    }

    /** What stood between {@code <<} and the empty line, or null. */
    public String payload() {
        return payload;
    }
}
