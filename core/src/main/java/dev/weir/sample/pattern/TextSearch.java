package dev.weir.sample.pattern;

import java.util.List;
import org.agrona.DirectBuffer;

/** Patterns that are tried one after another: substrings, suffixes, and words between delimiters. No state. */
final class TextSearch {
    private TextSearch() {}

    static Matcher contains(boolean ignoresCase, List<PatternEntry> patterns) {
        PatternEntry[] entries = patterns.toArray(new PatternEntry[0]);
        return sample -> {
            for (PatternEntry entry : entries) {
                if (indexOf(sample.bytes(), entry.bytes(), ignoresCase) >= 0) {
                    return entry;
                }
            }
            return null;
        };
    }

    static Matcher endsWith(boolean ignoresCase, List<PatternEntry> patterns) {
        PatternEntry[] entries = patterns.toArray(new PatternEntry[0]);
        return sample -> {
            for (PatternEntry entry : entries) {
                int at = sample.length() - entry.bytes().length;
                if (at >= 0 && isAt(sample.bytes(), at, entry.bytes(), 0, entry.bytes().length, ignoresCase)) {
                    return entry;
                }
            }
            return null;
        };
    }

    static Matcher between(String delimiters, boolean ignoresCase, List<PatternEntry> patterns) {
        PatternEntry[] entries = patterns.toArray(new PatternEntry[0]);
        return sample -> {
            for (PatternEntry entry : entries) {
                if (hasWord(sample.bytes(), entry.bytes(), delimiters, ignoresCase)) {
                    return entry;
                }
            }
            return null;
        };
    }

    private static int indexOf(DirectBuffer text, byte[] word, boolean ignoresCase) {
        for (int at = 0; at <= text.capacity() - word.length; at++) {
            if (isAt(text, at, word, 0, word.length, ignoresCase)) {
                return at;
            }
        }
        return -1;
    }

    /** Delimiters at both ends of the word do not count. */
    private static boolean hasWord(DirectBuffer text, byte[] word, String delimiters, boolean ignoresCase) {
        int start = 0;
        int end = word.length;
        while (start < end && isOneOf(delimiters, word[start])) {
            start++;
        }
        while (end > start && isOneOf(delimiters, word[end - 1])) {
            end--;
        }
        int length = end - start;
        boolean mayStart = true;
        for (int at = 0; at <= text.capacity() - length; at++) {
            if (at < text.capacity() && isOneOf(delimiters, text.getByte(at))) {
                mayStart = true;
                continue;
            }
            if (mayStart && isAt(text, at, word, start, length, ignoresCase)) {
                int behind = at + length;
                if (behind == text.capacity() || isOneOf(delimiters, text.getByte(behind))) {
                    return true;
                }
            }
            mayStart = false;
        }
        return false;
    }

    private static boolean isOneOf(String delimiters, byte c) {
        return delimiters.indexOf(c) >= 0;
    }

    private static boolean isAt(
            DirectBuffer text, int at, byte[] word, int wordOffset, int length, boolean ignoresCase) {
        for (int i = 0; i < length; i++) {
            int a = text.getByte(at + i);
            int b = word[wordOffset + i];
            if (a != b && !(ignoresCase && lower(a) == lower(b))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
}
