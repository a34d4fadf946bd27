package dev.weir.server.check.script;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import dev.weir.sample.pattern.Regex;
import dev.weir.server.check.script.HeaderPattern.Method;
import java.util.Locale;

/** Reads {@code hdr name [-m meth] <name> [value [-m meth] <value>]}. Used once. */
final class HeaderParser {
    private final CheckTools tools;
    private final Words words;

    HeaderParser(CheckTools tools, Words words) {
        this.tools = tools;
        this.words = words;
    }

    /** @param isFull whether commas are part of a value */
    HeaderExpectation parse(String match, boolean isFull) throws ParseProblem {
        String kind = words.next();
        if (!kind.equals("name") && !kind.equals("name-lf") || !words.hasNext()) {
            throw new ParseProblem("'%s' expects at the name keyword as first argument followed by a pattern", match);
        }
        HeaderPattern name = pattern(match, kind.equals("name-lf"), true);
        HeaderPattern value = null;
        if (words.peek().equals("value") || words.peek().equals("value-lf")) {
            boolean isFormat = words.next().equals("value-lf");
            if (!words.hasNext()) {
                throw new ParseProblem("'%s' expect a pattern with the value keyword", match);
            }
            value = pattern(match, isFormat, false);
        }
        return new HeaderExpectation(name, value, isFull);
    }

    private HeaderPattern pattern(String match, boolean isFormat, boolean ignoresCase) throws ParseProblem {
        Method method = words.skip("-m") ? method(match) : Method.STR;
        if (!words.hasNext()) {
            throw new ParseProblem("'%s' expects at the name keyword as first argument followed by a pattern", match);
        }
        String text = words.next();
        if (method != Method.REG) {
            return isFormat
                    ? new HeaderPattern(method, null, tools.format(text), null)
                    : new HeaderPattern(method, text, null, null);
        }
        if (isFormat) {
            throw new ParseProblem("'%s': log-format string is not supported with a regex matching method", match);
        }
        return new HeaderPattern(method, null, null, Regex.compile(text, ignoresCase));
    }

    private Method method(String match) throws ParseProblem {
        String text = words.next();
        for (Method method : Method.values()) {
            if (method.name().toLowerCase(Locale.ROOT).equals(text)) {
                return method;
            }
        }
        throw text.isEmpty()
                ? new ParseProblem(
                        "'%s' : '-m' expects at a matching pattern ('str', 'beg', 'end', 'sub' or 'reg')", match)
                : new ParseProblem(
                        "'%s' : '-m' only supports 'str', 'beg', 'end', 'sub' or 'reg' (got '%s')", match, text);
    }
}
