package dev.weir.config.model;

/**
 * A name that nothing else has, of whatever kind: what counters are found by in another process.
 *
 * @param at the line that gives it
 * @param text empty for none
 */
public record Guid(Position at, String text) {
    public static final Guid NONE = new Guid(Position.NONE, "");

    /** Characters of the longest one. */
    private static final int LENGTH_MAX = 127;

    public boolean isGiven() {
        return !text.isEmpty();
    }

    /** Why a text can be none, in HAProxy's words; null if it can. */
    public static String fault(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return "invalid length";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !Character.isLetterOrDigit(c) && "_:.-".indexOf(c) < 0) {
                return "invalid character '" + c + "'";
            }
        }
        return null;
    }
}
