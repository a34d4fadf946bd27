package dev.weir.cli;

/**
 * One command as registered.
 *
 * <p>One whose words begin with an underscore is for programs: no help shows it.
 *
 * @param words that begin it, such as {@code show stat}
 * @param level that it takes
 * @param usage as help shows it
 * @param description one line for people
 */
public record Command(String words, Level level, String usage, String description, Handler handler) {
    boolean isHidden() {
        return words.startsWith("_");
    }

    /** Carries a command out. Thread: the command's own; it may block. */
    public interface Handler {
        void run(Arguments arguments, Answer answer) throws CommandFailure, ClientGone;
    }
}
