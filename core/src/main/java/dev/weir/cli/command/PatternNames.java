package dev.weir.cli.command;

import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.RuntimeControl;
import dev.weir.sample.pattern.PatternList;

/** Finds maps and lists of patterns, their versions and entries, or fails with HAProxy's words. No state. */
final class PatternNames {
    private static final int NO_VERSION = -1;

    private PatternNames() {}

    /** Maps have values. */
    enum Kind {
        MAP("map", "map"),
        ACL("acl", "ACL");

        /** In commands. */
        final String word;
        /** In answers. */
        final String title;

        Kind(String word, String title) {
            this.word = word;
            this.title = title;
        }
    }

    /** The list that the next word names, whatever it is used as. */
    static PatternList any(Arguments arguments, Kind kind, RuntimeControl control) throws CommandFailure {
        PatternList list = control.patterns().find(arguments.next());
        if (list == null) {
            throw new CommandFailure("Unknown %s identifier. Please use #<id> or <file>.", kind.title);
        }
        return list;
    }

    /** The list that the next word names, if it is used as that. */
    static PatternList list(Arguments arguments, Kind kind, RuntimeControl control) throws CommandFailure {
        PatternList list = any(arguments, kind, control);
        if (!list.isUsedAs(kind == Kind.MAP)) {
            throw new CommandFailure("Unknown %s identifier. Please use #<id> or <file>.", kind.title);
        }
        return list;
    }

    /** {@code @<version>} if that comes next, or the version in force. */
    static int version(Arguments arguments) throws CommandFailure {
        int version = optionalVersion(arguments);
        return version == NO_VERSION ? PatternList.CURRENT : version;
    }

    /** {@code @<version>}, which must come next. */
    static int requiredVersion(Arguments arguments) throws CommandFailure {
        int version = optionalVersion(arguments);
        if (version == NO_VERSION) {
            throw new CommandFailure("Missing version number.");
        }
        return version;
    }

    private static int optionalVersion(Arguments arguments) throws CommandFailure {
        if (!arguments.peek().startsWith("@")) {
            return NO_VERSION;
        }
        String digits = arguments.next().substring(1);
        if (!digits.matches("[0-9]{1,9}")) {
            throw new CommandFailure("Invalid version number '@%s'.", digits);
        }
        return Integer.parseInt(digits);
    }

    /** Whether a key is one of an entry's own, as {@code show map} gives it: {@code #0x…}. */
    static boolean isReference(String key) {
        return key.startsWith("#0x");
    }

    static long reference(String key) throws CommandFailure {
        String digits = key.substring(3);
        if (!digits.matches("[0-9a-fA-F]{1,15}")) {
            throw new CommandFailure("Malformed identifier. Please use #<id> or <file>.");
        }
        return Long.parseLong(digits, 16);
    }
}
