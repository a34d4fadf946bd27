package dev.weir.config.parse;

import java.util.BitSet;

/**
 * {@code http-err-codes} and {@code http-fail-codes}: words are ranges, apart by commas, that take the place of what was there, or
 * with a sign before them add to it or take from it. HAProxy manual 3.1. Single-threaded.
 */
final class StatusCodesKeywords {
    private static final int LEAST = 100;
    private static final int MOST = 599;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int VERSION_NOT_SUPPORTED = 505;

    private final BitSet errors = new BitSet();
    private final BitSet failures = new BitSet();

    StatusCodesKeywords() {
        errors.set(400, 500);
        failures.set(500, MOST + 1);
        failures.clear(NOT_IMPLEMENTED); // a client brings them about: they do not say that a server failed
        failures.clear(VERSION_NOT_SUPPORTED);
    }

    static void fill(KeywordTable<GlobalDraft> table) {
        table.supported(
                "http-err-codes",
                0,
                "statuses of servers' responses that count as `http_err` in stick tables, 400-499 unless set",
                (global, line) -> parse(global.statusCodes.errors, line));
        table.supported(
                "http-fail-codes",
                0,
                "statuses of servers' responses that count as `http_fail` in stick tables, 500-599 without 501 and 505 unless set",
                (global, line) -> parse(global.statusCodes.failures, line));
    }

    BitSet errors() {
        return (BitSet) errors.clone();
    }

    BitSet failures() {
        return (BitSet) failures.clone();
    }

    private static void parse(BitSet codes, Line line) {
        if (!line.hasNext()) {
            line.alert("Missing status codes range for '" + line.subject() + "'.");
        }
        for (String word : line.rest()) {
            if (!new Ranges(word).applyTo(codes, line)) {
                return;
            }
        }
    }

    /** One word. */
    private static final class Ranges {
        private final String word;
        private final BitSet codes = new BitSet();
        private int at;

        Ranges(String word) {
            this.word = word;
        }

        /** @return false after a complaint, which leaves {@code target} as it was */
        boolean applyTo(BitSet target, Line line) {
            char sign = word.charAt(0);
            at = sign == '+' || sign == '-' ? 1 : 0;
            if (!read(line)) {
                return false;
            }
            switch (sign) {
                case '+' -> target.or(codes);
                case '-' -> target.andNot(codes);
                default -> {
                    target.clear();
                    target.or(codes);
                }
            }
            return true;
        }

        private boolean read(Line line) {
            while (true) {
                int low = number();
                int high = low >= 0 && is('-') ? afterHyphen() : low;
                if (high < 0 || at < word.length() && !is(',')) {
                    return malformed(line);
                }
                if (low < LEAST || high > MOST || high < low) {
                    return outOfBounds(line);
                }
                codes.set(low, high + 1);
                if (at == word.length()) {
                    return true;
                }
                at++;
            }
        }

        private boolean is(char c) {
            return at < word.length() && word.charAt(at) == c;
        }

        private int afterHyphen() {
            at++;
            return number();
        }

        /** The number here, beyond all bounds at most; -1 where there is none. */
        private int number() {
            int first = at;
            int value = 0;
            while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
                value = Math.min(10 * value + word.charAt(at) - '0', MOST + 1);
                at++;
            }
            return at == first ? -1 : value;
        }

        private boolean malformed(Line line) {
            line.alert("Invalid status codes range '" + word + "' in '" + line.subject() + "' at position " + at
                    + ". Ranges must be in the form [+-]{low[-{high}]}[,...].");
            return false;
        }

        private boolean outOfBounds(Line line) {
            line.alert("Invalid status codes range '" + word + "' in '" + line.subject()
                    + "'.\n Codes must be between 100 and 599 and ranges in ascending order.");
            return false;
        }
    }
}
