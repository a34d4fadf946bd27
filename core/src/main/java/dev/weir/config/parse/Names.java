package dev.weir.config.parse;

/** What names of sections and servers may be made of. */
final class Names {
    private Names() {}

    /** The first char that is not allowed, 0 if all are. */
    static char offender(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isAllowed = c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c == '.'
                    || c == ':'
                    || c == '_'
                    || c == '-';
            if (!isAllowed) {
                return c;
            }
        }
        return 0;
    }
}
