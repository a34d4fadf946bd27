package dev.weir.config.parse;

import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import java.util.List;

/**
 * Lines that start with a dot: conditional blocks and messages. One object per file, since a block ends with its file.
 * Single-threaded.
 */
final class Preprocessor {
    /** HAProxy's MAXNESTEDCONDS. */
    private static final int NESTED_MAX = 100;

    private enum State {
        /** A branch that is read. */
        TAKEN,
        /** No branch was taken yet. */
        WAITING,
        /** A branch was taken before, or the block is inside one that is not read. */
        DONE
    }

    private final Problems problems;
    private final Environment environment;
    private final State[] states = new State[NESTED_MAX];
    private final boolean[] hasElse = new boolean[NESTED_MAX];
    private int depth;
    private boolean isAborted;

    Preprocessor(Problems problems, Environment environment) {
        this.problems = problems;
        this.environment = environment;
    }

    /** After an error in a condition nothing of the file can be trusted. */
    boolean isAborted() {
        return isAborted;
    }

    boolean isSkipping() {
        return depth > 0 && states[depth - 1] != State.TAKEN;
    }

    /** A line whose first word starts with a dot. */
    void directive(List<String> words, Position at) {
        switch (words.get(0)) {
            case ".if" -> beginIf(words, at);
            case ".elif" -> elseIf(words, at);
            case ".else" -> beginElse(words, at);
            case ".endif" -> endIf(words, at);
            default -> {
                if (!isSkipping()) {
                    message(words, at);
                }
            }
        }
    }

    /** The file is at its end. */
    void end(Position at) {
        if (depth > 0 && !isAborted) {
            problems.alert(at, "non-terminated '.if' block.");
        }
    }

    private void beginIf(List<String> words, Position at) {
        if (depth + 1 >= NESTED_MAX) {
            abort(at, "too many nested '.if', max is " + NESTED_MAX + ".");
            return;
        }
        State state = isSkipping() ? State.DONE : evaluate(words, at);
        hasElse[depth] = false;
        states[depth++] = state;
    }

    private void elseIf(List<String> words, Position at) {
        if (isMisplaced(".elif", at)) {
            return;
        }
        boolean isWaiting = states[depth - 1] == State.WAITING;
        states[depth - 1] = isWaiting ? evaluate(words, at) : State.DONE;
    }

    private void beginElse(List<String> words, Position at) {
        if (hasArgument(words, at) || isMisplaced(".else", at)) {
            return;
        }
        hasElse[depth - 1] = true;
        states[depth - 1] = states[depth - 1] == State.WAITING ? State.TAKEN : State.DONE;
    }

    private void endIf(List<String> words, Position at) {
        if (hasArgument(words, at)) {
            return;
        }
        if (depth == 0) {
            abort(at, "lone '.endif' with no matching '.if'.");
            return;
        }
        depth--;
    }

    private boolean isMisplaced(String directive, Position at) {
        if (depth == 0) {
            abort(at, "lone '" + directive + "' with no matching '.if'.");
            return true;
        }
        if (hasElse[depth - 1]) {
            abort(at, "'" + directive + "' after '.else' is not permitted.");
            return true;
        }
        return false;
    }

    private boolean hasArgument(List<String> words, Position at) {
        if (words.size() > 1 && !words.get(1).isEmpty()) {
            abort(at, "Unexpected argument '" + words.get(1) + "' for '" + words.get(0) + "'.");
            return true;
        }
        return false;
    }

    private State evaluate(List<String> words, Position at) {
        String directive = words.get(0);
        String text = String.join(" ", words.subList(1, words.size()));
        var result = Conditions.evaluate(text, environment);
        if (result.error() != null) {
            String shown = directive + " " + text;
            int index = directive.length() + 1 + result.errorAt();
            abort(
                    at,
                    result.error() + " in '" + directive + "' at position " + (result.errorAt() + 1) + ":"
                            + Excerpt.of(shown, index));
        }
        return result.isTrue() ? State.TAKEN : State.WAITING;
    }

    private void message(List<String> words, Position at) {
        String directive = words.get(0);
        String text = words.size() > 1 ? words.get(1) : "";
        boolean isKnown = directive.equals(".alert")
                || directive.equals(".warning")
                || directive.equals(".notice")
                || directive.equals(".diag");
        if (isKnown && words.size() > 2 && !words.get(2).isEmpty()) {
            problems.alert(
                    at,
                    "Unexpected argument '" + words.get(2) + "' for '" + directive
                            + "'. Use quotes if the message should contain spaces.");
            return;
        }
        switch (directive) {
            case ".alert" -> abort(at, "'" + text + "'.");
            case ".warning" -> problems.warning(at, "'" + text + "'.");
            case ".notice" -> problems.notice(at, "'" + text + "'.");
            case ".diag" -> problems.diag(at, "'" + text + "'.");
            default -> problems.alert(at, "unknown directive '" + directive + "'.");
        }
    }

    private void abort(Position at, String text) {
        problems.alert(at, text);
        isAborted = true;
    }
}
