package dev.weir.config.parse;

/**
 * One row of the registry.
 *
 * @param where sections, {@link #DEFAULTS} and so on; 0 where that is no question
 * @param manual section of HAProxy's manual
 * @param note what it does, why it is not supported, or what replaces it, by its state
 * @param topic of a known one, else null
 * @param parser of a supported one, or of one without effect that does not take any words; else null
 * @param <D> what a line of its family fills
 */
public record Keyword<D>(
        String name, int where, State state, String manual, String note, Topic topic, LineParser<D> parser) {
    /** Any {@code defaults} section. */
    public static final int DEFAULTS = 1;

    /** {@code defaults} sections that have a name. */
    public static final int NAMED_DEFAULTS = 2;

    public static final int FRONTEND = 4;

    public static final int BACKEND = 8;

    /** What a keyword is worth here. */
    public enum State {
        SUPPORTED,
        /** Taken for compatibility; there is nothing here for it to change, and a notice says so. */
        WITHOUT_EFFECT,
        /** HAProxy has it, this version refuses it. */
        KNOWN,
        /** HAProxy had it; the message names the replacement. */
        REMOVED
    }

    /** Reads the words behind a keyword; whoever calls it complains about words that are left. */
    @FunctionalInterface
    interface LineParser<D> {
        void parse(D draft, Line line);
    }

    public boolean isIn(int place) {
        return (where & place) != 0;
    }
}
