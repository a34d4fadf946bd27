package dev.weir.sample.convert;

import dev.weir.sample.ByteWriter;
import dev.weir.sample.Numbers;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.stream.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A path such as {@code $.a.b[2]} into a JSON text: numbers become integers, or strings if they have a fraction; booleans
 * booleans; strings lose their escapes; arrays stay text; objects and null have no value. Immutable; any loop.
 */
final class JsonQuery {
    private static final int DEPTH_MAX = 64;
    private static final int NONE = -1;

    /** A key, or with none the position in an array. */
    private record Step(byte[] key, int index) {}

    private final Step[] steps;
    private final boolean wantsInteger;

    private JsonQuery(Step[] steps, boolean wantsInteger) {
        this.steps = steps;
        this.wantsInteger = wantsInteger;
    }

    static JsonQuery of(String path, boolean wantsInteger) throws ParseProblem {
        if (!path.startsWith("$")) {
            throw new ParseProblem("json path must start with '$'");
        }
        List<Step> steps = new ArrayList<>();
        for (String part : path.substring(1).split("(?=[.\\[])")) {
            if (part.matches("\\[[0-9]{1,6}]")) {
                steps.add(new Step(null, Integer.parseInt(part.substring(1, part.length() - 1))));
            } else if (part.length() > 1 && part.charAt(0) == '.') {
                steps.add(new Step(part.substring(1).getBytes(StandardCharsets.UTF_8), 0));
            } else if (!part.isEmpty()) {
                throw new ParseProblem("'%s' is no part of a json path", part);
            }
        }
        return new JsonQuery(steps.toArray(new Step[0]), wantsInteger);
    }

    boolean apply(Sample sample) {
        DirectBuffer text = sample.bytes();
        int end = sample.length();
        int at = blanks(text, 0, end);
        for (Step step : steps) {
            at = step.key == null ? element(text, at, end, step.index) : member(text, at, end, step.key);
            if (at == NONE) {
                return false;
            }
        }
        int behind = skip(text, at, end, 0);
        return behind != NONE && value(sample, at, behind);
    }

    private boolean value(Sample sample, int at, int behind) {
        switch (sample.byteAt(at)) {
            case '"' -> {
                return string(sample, at + 1, behind - 1);
            }
            case '[' -> {
                return sample.slice(at, behind - at);
            }
            case 't' -> {
                return sample.bool(true);
            }
            case 'f' -> {
                return sample.bool(false);
            }
            case 'n', '{' -> {
                return false;
            }
            default -> {
                return number(sample, at, behind);
            }
        }
    }

    private boolean number(Sample sample, int at, int behind) {
        boolean isWhole = true;
        for (int i = at; i < behind; i++) {
            isWhole &= ".eE".indexOf(sample.byteAt(i)) < 0;
        }
        return isWhole || wantsInteger
                ? sample.integer(Numbers.parse(sample.bytes(), at, behind - at))
                : sample.slice(at, behind - at);
    }

    private static boolean string(Sample sample, int from, int end) {
        ByteWriter out = sample.writer();
        for (int i = from; i < end; i++) {
            int c = sample.byteAt(i);
            if (c != '\\') {
                out.put(c);
                continue;
            }
            c = sample.byteAt(++i);
            if (c == 'u') {
                if (i + 4 >= end) {
                    return false;
                }
                int unit = unit(sample, i + 1);
                if (unit < 0) {
                    return false;
                }
                out.put(Character.toString(unit));
                i += 4;
            } else {
                out.put(escaped(c));
            }
        }
        return sample.string(out) && sample.retype(ValueType.STR);
    }

    private static int escaped(int c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }

    private static int unit(Sample sample, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(sample.byteAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static int blanks(DirectBuffer text, int from, int end) {
        int at = from;
        while (at < end && " \t\r\n".indexOf(text.getByte(at)) >= 0) {
            at++;
        }
        return at;
    }

    /** Where the value of a key starts. */
    private static int member(DirectBuffer text, int object, int end, byte[] key) {
        int at = open(text, object, end, '{');
        while (at != NONE && at < end && text.getByte(at) == '"') {
            int keyEnd = skip(text, at, end, 0);
            int colon = keyEnd == NONE ? end : blanks(text, keyEnd, end);
            if (colon >= end || text.getByte(colon) != ':') {
                return NONE;
            }
            int value = blanks(text, colon + 1, end);
            if (isText(text, at + 1, keyEnd - 1, key)) {
                return value < end ? value : NONE;
            }
            at = next(text, value, end);
        }
        return NONE;
    }

    private static int element(DirectBuffer text, int array, int end, int index) {
        int at = open(text, array, end, '[');
        for (int i = 0; i < index && at != NONE; i++) {
            at = next(text, at, end);
        }
        return at == NONE || at >= end || text.getByte(at) == ']' ? NONE : at;
    }

    private static int open(DirectBuffer text, int at, int end, char bracket) {
        return at < end && text.getByte(at) == bracket ? blanks(text, at + 1, end) : NONE;
    }

    /** The value behind this one and a comma. */
    private static int next(DirectBuffer text, int value, int end) {
        int behind = skip(text, value, end, 0);
        int comma = behind == NONE ? end : blanks(text, behind, end);
        return comma < end && text.getByte(comma) == ',' ? blanks(text, comma + 1, end) : NONE;
    }

    private static boolean isText(DirectBuffer text, int from, int end, byte[] key) {
        if (end - from != key.length) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (text.getByte(from + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** Behind the value that starts here; NONE if it does not end. */
    private static int skip(DirectBuffer text, int at, int end, int depth) {
        if (at >= end || depth > DEPTH_MAX) {
            return NONE;
        }
        return switch (text.getByte(at)) {
            case '"' -> skipString(text, at, end);
            case '{', '[' -> skipNested(text, at, end, depth);
            default -> skipWord(text, at, end);
        };
    }

    private static int skipString(DirectBuffer text, int at, int end) {
        for (int i = at + 1; i < end; i++) {
            int c = text.getByte(i);
            if (c == '"') {
                return i + 1;
            }
            i += c == '\\' ? 1 : 0;
        }
        return NONE;
    }

    private static int skipNested(DirectBuffer text, int at, int end, int depth) {
        char close = text.getByte(at) == '{' ? '}' : ']';
        int i = blanks(text, at + 1, end);
        while (i < end && text.getByte(i) != close) {
            int c = text.getByte(i);
            i = c == ',' || c == ':' ? i + 1 : skip(text, i, end, depth + 1);
            if (i == NONE) {
                return NONE;
            }
            i = blanks(text, i, end);
        }
        return i < end ? i + 1 : NONE;
    }

    /** Numbers, true, false and null. */
    private static int skipWord(DirectBuffer text, int at, int end) {
        int i = at;
        while (i < end && "+-.".indexOf(text.getByte(i)) >= 0
                || i < end && Character.isLetterOrDigit(text.getByte(i))) {
            i++;
        }
        return i == at ? NONE : i;
    }
}
