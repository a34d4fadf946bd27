package dev.weir.rule.action;

import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.sample.pattern.Regex;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** Which header names {@code del-header -m} means. Names count in lower case. Immutable; any loop. */
interface NameMatch {
    boolean matches(MessageHead head, int field, Scratch scratch);

    /** @param method {@code str}, {@code beg}, {@code end}, {@code sub} or {@code reg} */
    static NameMatch of(String method, String pattern) throws ParseProblem {
        byte[] lower = pattern.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
        return switch (method) {
            case "str" -> exactly(FieldName.of(pattern));
            case "beg" -> (head, field, scratch) -> isAt(lower, head, head.name(field), 0);
            case "end" ->
                (head, field, scratch) ->
                        isAt(lower, head, head.name(field), Slice.length(head.name(field)) - lower.length);
            case "sub" -> (head, field, scratch) -> contains(lower, head, head.name(field));
            case "reg" -> regex(Regex.compile(pattern, false));
            default -> throw new ParseProblem("-m with unsupported matching method '%s'", method);
        };
    }

    static NameMatch exactly(FieldName name) {
        return (head, field, scratch) -> head.isNamed(field, name);
    }

    private static boolean isAt(byte[] lower, MessageHead head, long name, int index) {
        if (index < 0 || index + lower.length > Slice.length(name)) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (FieldName.lower(head.byteAt(name, index + i)) != (lower[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] lower, MessageHead head, long name) {
        for (int index = 0; index + lower.length <= Slice.length(name); index++) {
            if (isAt(lower, head, name, index)) {
                return true;
            }
        }
        return false;
    }

    private static NameMatch regex(Regex regex) {
        return (head, field, scratch) -> {
            Sample sample = scratch.take();
            ByteWriter lower = sample.writer();
            long name = head.name(field);
            for (int i = 0; i < Slice.length(name); i++) {
                lower.put(FieldName.lower(head.byteAt(name, i)));
            }
            sample.string(lower);
            DirectBuffer bytes = sample.bytes();
            boolean isFound = regex.find(bytes, 0, sample.length());
            scratch.release(sample);
            return isFound;
        };
    }
}
