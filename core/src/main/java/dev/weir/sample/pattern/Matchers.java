package dev.weir.sample.pattern;

import dev.weir.protocol.http.Method;
import dev.weir.sample.ParseProblem;
import dev.weir.stream.ValueType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Compiles patterns. No state. */
public final class Matchers {
    private static final PatternEntry YES = new PatternEntry("");
    private static final String DIRECTORY_DELIMITERS = "/?";
    private static final String DOMAIN_DELIMITERS = "/?.:";

    private Matchers() {}

    /** @throws ParseProblem if a pattern is not of the method's form */
    public static Matcher of(MatchMethod method, boolean ignoresCase, List<PatternEntry> entries) throws ParseProblem {
        return switch (method) {
            case FOUND -> sample -> YES;
            case BOOL -> sample -> sample.low() != 0 ? YES : null;
            case INT -> {
                NumberRanges ranges = NumberRanges.of(entries);
                yield sample -> ranges.find(sample.low());
            }
            case LEN -> {
                NumberRanges ranges = NumberRanges.of(entries);
                yield sample -> ranges.find(sample.length());
            }
            case IP -> {
                AddressTable table = AddressTable.of(entries);
                yield sample -> sample.type() == ValueType.IPV4
                        ? table.findIpv4(sample.low())
                        : table.findIpv6(sample.high(), sample.low());
            }
            case BIN -> binary(entries);
            case STR -> exact(ignoresCase, entries);
            case BEG -> {
                PatternIndex prefixes = PatternIndex.of(method, ignoresCase);
                prefixes.load(entries);
                yield prefixes;
            }
            case SUB -> TextSearch.contains(ignoresCase, entries);
            case END -> TextSearch.endsWith(ignoresCase, entries);
            case DIR -> TextSearch.between(DIRECTORY_DELIMITERS, ignoresCase, entries);
            case DOM -> TextSearch.between(DOMAIN_DELIMITERS, ignoresCase, entries);
            case REG -> regex(ignoresCase, entries);
            case METH -> methods(ignoresCase, entries);
        };
    }

    /** Known methods by their number, which knows no case; others as strings. */
    private static Matcher methods(boolean ignoresCase, List<PatternEntry> entries) {
        PatternEntry[] known = new PatternEntry[Method.OTHER];
        List<PatternEntry> others = new ArrayList<>();
        for (PatternEntry entry : entries) {
            int number = Method.numberOf(new UnsafeBuffer(entry.bytes()), 0, entry.bytes().length);
            if (number == Method.OTHER) {
                others.add(entry);
            } else if (known[number] == null) {
                known[number] = entry;
            }
        }
        Matcher byText = exact(ignoresCase, others);
        return sample -> sample.low() == Method.OTHER ? byText.match(sample) : known[(int) sample.low()];
    }

    private static Matcher exact(boolean ignoresCase, List<PatternEntry> entries) {
        ByteTable table = new ByteTable(ignoresCase, entries.size());
        entries.forEach(entry -> table.put(entry.bytes(), entry));
        return sample -> table.get(sample.bytes(), 0, sample.length());
    }

    private static Matcher binary(List<PatternEntry> entries) throws ParseProblem {
        ByteTable table = new ByteTable(false, entries.size());
        for (PatternEntry entry : entries) {
            table.put(hexDigits(entry.text()), entry);
        }
        return sample -> table.get(sample.bytes(), 0, sample.length());
    }

    private static byte[] hexDigits(String text) throws ParseProblem {
        if (text.length() % 2 != 0) {
            throw new ParseProblem("an even number of hex digit is expected");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                throw new ParseProblem("an hex digit is expected (found '%c')", text.charAt(i));
            }
        }
        return HexFormat.of().parseHex(text);
    }

    private static Matcher regex(boolean ignoresCase, List<PatternEntry> entries) throws ParseProblem {
        Regex[] regexes = new Regex[entries.size()];
        for (int i = 0; i < regexes.length; i++) {
            regexes[i] = entries.get(i).regex(ignoresCase);
        }
        PatternEntry[] inOrder = entries.toArray(new PatternEntry[0]);
        return sample -> {
            for (int i = 0; i < regexes.length; i++) {
                if (regexes[i].find(sample.bytes(), 0, sample.length())) {
                    return inOrder[i];
                }
            }
            return null;
        };
    }
}
