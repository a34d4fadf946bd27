package dev.weir.config.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line into words, as HAProxy does: quotes may start inside a word, variables are expanded between double quotes
 * only, unknown escapes keep their backslash, {@code #} starts a comment wherever it is not quoted or escaped. Reused from
 * line to line; single-threaded.
 */
final class Tokenizer {
    /** HAProxy's MAX_LINE_ARGS. */
    static final int WORDS_MAX = 64;

    /** What the pseudo-variables .FILE, .LINE and .SECTION say; set before each line. */
    String file = "";

    int lineNumber;
    String section = "";
    /** Whether {@code #} starts a comment. */
    boolean hasComments = true;

    private final Environment environment;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private String line;
    private int at;
    private boolean isWordOpen;
    /** A list that is empty was expanded and nothing else: the quotes around it make no word. */
    private boolean isDropped;

    private boolean isSingleQuoted;
    private boolean isDoubleQuoted;
    private int quoteAt;
    private int wordAt;
    private int emptyAt;
    private String error;
    private int errorAt;

    Tokenizer(Environment environment) {
        this.environment = environment;
    }

    /** Splits {@code line}; false if it is malformed, see {@link #error}. */
    boolean split(String line) {
        begin(line);
        skipSpaces();
        wordAt = at;
        while (error == null && step()) {}
        if (error != null) {
            return false;
        }
        if (quoteAt >= 0) {
            return fail("unmatched quote", quoteAt);
        }
        endWord();
        return error == null;
    }

    /** Valid until the next line. */
    List<String> words() {
        return words;
    }

    /** What is wrong, without the position. */
    String error() {
        return error;
    }

    /** Index of the offending char in the line. */
    int errorAt() {
        return errorAt;
    }

    /** Index in the line of the first empty word, -1 if there is none. */
    int emptyAt() {
        return emptyAt;
    }

    private void begin(String line) {
        this.line = line;
        words.clear();
        word.setLength(0);
        at = 0;
        isWordOpen = false;
        isDropped = false;
        isSingleQuoted = false;
        isDoubleQuoted = false;
        quoteAt = -1;
        emptyAt = -1;
        error = null;
    }

    /** Consumes one char, escape or variable; false at the end of the line. */
    private boolean step() {
        char c = current();
        if (c == 0 || c == '\n' || c == '\r') {
            return false;
        }
        boolean isQuoted = isSingleQuoted || isDoubleQuoted;
        if (c == '#' && !isQuoted && hasComments) {
            return false;
        }
        if (c == '"' && !isSingleQuoted) {
            isDoubleQuoted = quote(isDoubleQuoted);
        } else if (c == '\'' && !isDoubleQuoted) {
            isSingleQuoted = quote(isSingleQuoted);
        } else if (c == '\\' && !isSingleQuoted) {
            escape();
        } else if (isSpace(c) && !isQuoted) {
            skipSpaces();
            endWord();
            wordAt = at;
        } else if (c == '$' && isDoubleQuoted) {
            variable();
        } else {
            append(c);
            at++;
        }
        return true;
    }

    private boolean quote(boolean wasQuoted) {
        quoteAt = wasQuoted ? -1 : at;
        isWordOpen |= !wasQuoted || !isDropped;
        at++;
        return !wasQuoted;
    }

    private void escape() {
        char next = charAt(at + 1);
        switch (next) {
            case ' ', '\\', '#', '\'', '"' -> appendEscaped(next);
            case 't' -> appendEscaped('\t');
            case 'n' -> appendEscaped('\n');
            case 'r' -> appendEscaped('\r');
            case 'x' -> hexadecimal();
            default -> escapeOther(next);
        }
    }

    /** A dollar is escaped only where it means something; whatever else follows, the backslash is an ordinary char. */
    private void escapeOther(char next) {
        if (next == '$' && isDoubleQuoted) {
            appendEscaped('$');
        } else {
            append('\\');
            at++;
        }
    }

    private void appendEscaped(char c) {
        append(c);
        at += 2;
    }

    private void hexadecimal() {
        int high = Character.digit(charAt(at + 2), 16);
        int low = Character.digit(charAt(at + 3), 16);
        if (high < 0 || low < 0) {
            fail("truncated or invalid hexadecimal sequence", at);
            return;
        }
        append((char) (high << 4 | low));
        at += 4;
    }

    private void variable() {
        int braceAt = charAt(at + 1) == '{' ? at + 1 : -1;
        int nameAt = braceAt >= 0 ? at + 2 : at + 1;
        char first = charAt(nameAt);
        if (!isLetter(first) && first != '_' && first != '.') {
            fail("forbidden first char in environment variable name", nameAt);
            return;
        }
        int end = nameAt + 1;
        while (isLetter(charAt(end)) || isDigit(charAt(end)) || charAt(end) == '_') {
            end++;
        }
        String name = line.substring(nameAt, end);
        String value = first == '.' ? pseudoVariable(name, nameAt) : environment.get(name);
        at = end;
        if (error == null) {
            expand(value, braceAt);
        }
    }

    private String pseudoVariable(String name, int nameAt) {
        return switch (name) {
            case ".FILE" -> file;
            case ".LINE" -> Integer.toString(lineNumber);
            case ".SECTION" -> section;
            default -> {
                fail("forbidden first char in environment variable name", nameAt);
                yield null;
            }
        };
    }

    private void expand(String value, int braceAt) {
        boolean isSplit = false;
        String expanded = value;
        if (braceAt >= 0) {
            if (current() == '[') {
                if (!line.startsWith("[*]", at)) {
                    fail("truncated or invalid word expansion sequence", at);
                    return;
                }
                isSplit = true;
                at += 3;
            }
            if (current() == '-') {
                int end = line.indexOf('}', at);
                if (end < 0) {
                    fail("unmatched brace in environment variable name", braceAt);
                    return;
                }
                expanded = value == null ? line.substring(at + 1, end) : value;
                at = end;
            }
            if (current() != '}') {
                fail("unmatched brace in environment variable name", braceAt);
                return;
            }
            at++;
        }
        if (isSplit) {
            appendSplit(expanded);
        } else if (expanded != null) {
            word.append(expanded);
        }
    }

    /** Spaces of the value end words; nothing at all is no word. */
    private void appendSplit(String value) {
        if (value == null || value.isEmpty()) {
            isDropped = word.isEmpty();
            isWordOpen = !isDropped;
            return;
        }
        for (int i = 0; i < value.length() && error == null; i++) {
            char c = value.charAt(i);
            if (!isSpace(c)) {
                append(c);
            } else if (i + 1 == value.length() || !isSpace(value.charAt(i + 1))) {
                endWord();
                isWordOpen = true;
            }
        }
    }

    private void append(char c) {
        word.append(c);
        isWordOpen = true;
    }

    private void endWord() {
        isDropped = false;
        if (!isWordOpen) {
            return;
        }
        isWordOpen = false;
        if (words.size() == WORDS_MAX) {
            fail("too many words, the maximum is " + WORDS_MAX, wordAt);
            return;
        }
        int nul = word.indexOf("\0");
        String text = nul < 0 ? word.toString() : word.substring(0, nul);
        word.setLength(0);
        if (text.isEmpty() && emptyAt < 0) {
            emptyAt = wordAt;
        }
        words.add(text);
    }

    private boolean fail(String text, int position) {
        error = text;
        errorAt = position;
        return false;
    }

    private void skipSpaces() {
        while (isSpace(current())) {
            at++;
        }
    }

    private char current() {
        return charAt(at);
    }

    private char charAt(int index) {
        return index < line.length() ? line.charAt(index) : 0;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
