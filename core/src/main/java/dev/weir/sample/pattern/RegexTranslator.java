package dev.weir.sample.pattern;

import dev.weir.sample.ParseProblem;
import java.util.Map;

/** Rewrites PCRE's notation where {@link java.util.regex.Pattern} reads it differently or not at all. */
final class RegexTranslator {
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("space", "\\s"),
            Map.entry("blank", "\\p{Blank}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("xdigit", "\\p{XDigit}"),
            Map.entry("word", "\\w"));

    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private RegexTranslator(String text) {
        this.text = text;
    }

    static String translate(String text) throws ParseProblem {
        RegexTranslator translator = new RegexTranslator(text);
        while (translator.at < text.length()) {
            translator.element();
        }
        return translator.out.toString();
    }

    private void element() throws ParseProblem {
        char c = text.charAt(at);
        if (c == '\\' && at + 1 < text.length()) {
            escape();
        } else if (c == '[') {
            characterClass();
        } else if (text.startsWith("(?P", at)) {
            group();
        } else {
            out.append(c);
            at++;
        }
    }

    private void escape() {
        out.append(text, at, at + 2);
        at += 2;
    }

    private void group() throws ParseProblem {
        if (text.startsWith("(?P<", at)) {
            out.append("(?<");
            at += 4;
            return;
        }
        int end = text.indexOf(')', at);
        if (!text.startsWith("(?P=", at) || end < 0) {
            throw new ParseProblem("regex '%s': recursion is not supported", text);
        }
        out.append("\\k<").append(text, at + 4, end).append('>');
        at = end + 1;
    }

    private void characterClass() throws ParseProblem {
        out.append('[');
        at++;
        if (at < text.length() && text.charAt(at) == '^') {
            out.append('^');
            at++;
        }
        if (at < text.length() && text.charAt(at) == ']') {
            out.append("\\]");
            at++;
        }
        while (at < text.length() && text.charAt(at) != ']') {
            member();
        }
        if (at == text.length()) {
            throw new ParseProblem(
                    "regex '%s' is invalid (error=missing terminating ] for character class, erroffset=%d)", text, at);
        }
        out.append(']');
        at++;
    }

    private void member() throws ParseProblem {
        char c = text.charAt(at);
        if (c == '\\' && at + 1 < text.length()) {
            escape();
        } else if (text.startsWith("[:", at) && text.indexOf(":]", at + 2) >= 0) {
            namedClass();
        } else if (c == '[' || c == '&') {
            // nested classes and intersections are Java's own
            out.append('\\').append(c);
            at++;
        } else {
            out.append(c);
            at++;
        }
    }

    private void namedClass() throws ParseProblem {
        int end = text.indexOf(":]", at + 2);
        String name = text.substring(at + 2, end);
        boolean isNegated = name.startsWith("^");
        String java = CLASSES.get(isNegated ? name.substring(1) : name);
        if (java == null) {
            throw new ParseProblem("regex '%s': unknown POSIX class name '%s'", text, name);
        }
        out.append(isNegated ? "[^" + java + "]" : java);
        at = end + 2;
    }
}
