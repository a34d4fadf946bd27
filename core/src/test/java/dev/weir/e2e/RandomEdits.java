package dev.weir.e2e;

import java.util.ArrayList;
import java.util.List;

/** Makes what rules on requests and rules on responses have in common: conditions, and replacements in fields. */
final class RandomEdits {
    /** Regular expressions. */
    static final List<String> PATTERNS = List.of(
            "one",
            "'^(.*)$'",
            "(o)(n)e",
            "'[a-z]+'",
            "'^$'",
            "t.",
            "'([^,]*),(.*)'",
            "';q=.*'",
            "'^/(a)(/.*)?'",
            "'x*'",
            "'\\?.*'",
            "'^([^ ]*)$'",
            "'(?i)ONE'",
            "/+");

    private static final List<String> REPLACEMENTS =
            List.of("X", "'\\1'", "'\\2\\1'", "\"<\\0>\"", "\"\"", "%[path]", "'a\\1b'", "%[req.hdr(x-b)]", "%%");
    private static final List<String> CONSTANT_REPLACEMENTS = REPLACEMENTS.subList(0, 5);

    private final RandomChoice choice;

    RandomEdits(RandomChoice choice) {
        this.choice = choice;
    }

    /** @return nothing, or what follows a rule: a few of these, joined */
    String condition(List<String> among) {
        if (choice.isChance(35)) {
            return "";
        }
        List<String> terms = new ArrayList<>();
        for (int i = choice.one(1, 1, 1, 2, 2, 3); i > 0; i--) {
            terms.add(choice.one("", "", "!") + "{ " + choice.one(among) + " }");
        }
        return choice.one(" if ", " if ", " unless ") + String.join(choice.one(" ", " ", " or ", " || "), terms);
    }

    /** @return a pattern, and a text in its place that may be of the request */
    String replacing() {
        return choice.one(PATTERNS) + " " + choice.one(REPLACEMENTS);
    }

    /** @return a pattern, and a text in its place that is of the configuration and what the pattern found */
    String replacingByConstants() {
        return choice.one(PATTERNS) + " " + choice.one(CONSTANT_REPLACEMENTS);
    }
}
