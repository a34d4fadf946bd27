package dev.weir.sample;

import java.util.List;

/** A position in the words of a configuration line. One thread, while parsing. */
public final class Words {
    private final List<String> words;
    private int index;

    public Words(List<String> words) {
        this.words = words;
    }

    public static Words of(String... words) {
        return new Words(List.of(words));
    }

    public boolean hasNext() {
        return index < words.size();
    }

    /** The next word without taking it; empty at the end. */
    public String peek() {
        return hasNext() ? words.get(index) : "";
    }

    /** Takes the next word; empty at the end. */
    public String next() {
        return hasNext() ? words.get(index++) : "";
    }

    /** Takes the next word if it is that one. */
    public boolean skip(String word) {
        boolean isIt = hasNext() && words.get(index).equals(word);
        if (isIt) {
            index++;
        }
        return isIt;
    }

    /** Takes the next word; a problem if there is none. */
    public String require(String what) throws ParseProblem {
        if (!hasNext()) {
            throw new ParseProblem("missing %s", what);
        }
        return next();
    }

    /** All that is left, which stays. */
    public String text() {
        return String.join(" ", words.subList(index, words.size()));
    }

    /** All words from here to the end, which are taken. */
    public List<String> rest() {
        List<String> rest = words.subList(index, words.size());
        index = words.size();
        return rest;
    }
}
