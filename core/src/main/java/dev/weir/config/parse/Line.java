package dev.weir.config.parse;

import dev.weir.config.model.Guid;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.sample.Quantity;
import java.util.Arrays;
import java.util.List;

/**
 * The words of one line with a cursor, as the parsing code of a keyword sees them: it takes what it wants, and whoever called
 * it complains about what is left. Reused from line to line; single-threaded.
 */
final class Line {
    /** What stood before the keyword. */
    enum Modifier {
        NONE,
        NO,
        DEFAULT
    }

    private final Problems problems;
    private Position at = Position.NONE;
    private Modifier modifier = Modifier.NONE;
    private final String[] words = new String[Tokenizer.WORDS_MAX];
    private int count;
    private int cursor;
    /** What messages of shared code start with, such as {@code 'timeout client'}. */
    private String subject = "";

    Line(Problems problems) {
        this.problems = problems;
    }

    /** Takes over the words up to the first empty one, which ends the list. */
    void set(Position at, List<String> source) {
        this.at = at;
        modifier = Modifier.NONE;
        cursor = 0;
        count = 0;
        for (int i = 0; i < source.size() && !source.get(i).isEmpty(); i++) {
            words[count++] = source.get(i);
        }
    }

    /** Turns {@code no option x} into {@code option x} with a modifier. */
    void takeModifier() {
        if (count == 0) {
            return;
        }
        modifier = switch (words[0]) {
            case "no" -> Modifier.NO;
            case "default" -> Modifier.DEFAULT;
            default -> Modifier.NONE;
        };
        if (modifier != Modifier.NONE) {
            System.arraycopy(words, 1, words, 0, --count);
        }
    }

    Position at() {
        return at;
    }

    Modifier modifier() {
        return modifier;
    }

    boolean isNegated() {
        return modifier == Modifier.NO;
    }

    int count() {
        return count;
    }

    /** The word at that index, empty beyond the end. */
    String word(int index) {
        return index < count ? words[index] : "";
    }

    boolean hasNext() {
        return cursor < count;
    }

    /** The next word, empty at the end; the cursor stays. */
    String peek() {
        return word(cursor);
    }

    /** The next words with a blank between; the cursor stays. */
    String words(int number) {
        return number == 1 ? peek() : String.join(" ", Arrays.copyOfRange(words, cursor, cursor + number));
    }

    /** The next word, empty at the end. */
    String next() {
        return cursor < count ? words[cursor++] : "";
    }

    int cursor() {
        return cursor;
    }

    void moveTo(int index) {
        cursor = index;
    }

    /** Takes the next word if it is that one. */
    boolean accept(String expected) {
        if (!peek().equals(expected)) {
            return false;
        }
        cursor++;
        return true;
    }

    /** All words that are left. */
    List<String> rest() {
        List<String> rest = List.of(Arrays.copyOfRange(words, cursor, count));
        cursor = count;
        return rest;
    }

    void subject(String subject) {
        this.subject = subject;
    }

    /** What the messages below start with. */
    String subject() {
        return subject;
    }

    Problems problems() {
        return problems;
    }

    void alert(String text) {
        problems.alert(at, text);
    }

    /** An alert that starts with the subject in quotes. */
    void alertSubject(String text) {
        problems.alert(at, "'" + subject + "' " + text);
    }

    void warning(String text) {
        problems.warning(at, text);
    }

    void notice(String text) {
        problems.notice(at, text);
    }

    /** Complains about words that nobody took. */
    void end() {
        if (cursor < count) {
            alertSubject("cannot handle unexpected argument '" + words[cursor] + "'.");
            cursor = count;
        }
    }

    /** The next word as milliseconds, or -1 after a complaint. */
    long time(long defaultUnitMs) {
        String text = next();
        if (text.isEmpty()) {
            alertSubject("expects a time value (a number and an optional unit: us, ms, s, m, h, d)");
            return -1;
        }
        long value = Quantity.timeMs(text, defaultUnitMs);
        if (value == Quantity.OVERFLOW) {
            alert("timer overflow in argument '" + text + "' to '" + subject
                    + "' (maximum value is 2147483647 ms or ~24.8 days)");
            return -1;
        }
        if (value == Quantity.MALFORMED) {
            alert("unexpected character '" + Quantity.offender(text) + "' in '" + subject + "'");
            return -1;
        }
        return value;
    }

    /** The next word as a number within bounds, or {@code otherwise} after a complaint. */
    int integer(int least, int most, int otherwise) {
        String text = next();
        long value = text.isEmpty() ? Quantity.MALFORMED : Quantity.integer(text);
        if (text.isEmpty()) {
            alertSubject("expects an integer argument.");
        } else if (value == Quantity.MALFORMED) {
            alertSubject("expects an integer argument, found '" + text + "'.");
        } else if (value < least || value > most) {
            alertSubject("expects a number between " + least + " and " + most + " but got '" + text + "'.");
        } else {
            return (int) value;
        }
        return otherwise;
    }

    /** The next word as bytes within bounds, or {@code otherwise} after a complaint. */
    int size(int least, int most, int otherwise) {
        String text = next();
        long value = text.isEmpty() ? Quantity.MALFORMED : Quantity.size(text);
        if (value == Quantity.MALFORMED) {
            alertSubject("expects an integer value with an optional suffix 'k', 'm' or 'g'");
        } else if (value < least || value > most) {
            alertSubject("expects a size between " + least + " and " + most + " but got '" + text + "'.");
        } else {
            return (int) value;
        }
        return otherwise;
    }

    /** The next word as a GUID, or none after a complaint. */
    Guid guid() {
        String text = argument("a name");
        String fault = text.isEmpty() ? null : Guid.fault(text);
        if (fault != null) {
            alert("'" + subject + "': " + fault);
        }
        return text.isEmpty() || fault != null ? Guid.NONE : new Guid(at, text);
    }

    /** The rest of the line as one text, or empty after a complaint. */
    String text() {
        if (argument("a string").isEmpty()) {
            return "";
        }
        cursor--;
        return String.join(" ", rest());
    }

    /** The next word, or empty after a complaint that says what is expected. */
    String argument(String expected) {
        String text = next();
        if (text.isEmpty()) {
            alertSubject("expects " + expected + " as argument.");
        }
        return text;
    }
}
