package dev.weir.server.check;

import java.util.Locale;

/** A line of an agent, read. What it does not say is null; of several words of a kind the last counts. Filled once, then only read. */
final class AgentReply {
    private static final String SEPARATORS = " \t,";
    private static final String WEIGHT = "weight:";
    private static final String CONNECTIONS_MAX = "maxconn:";

    /** {@code up}, {@code down}, {@code stopped} or {@code fail}, as it was written. */
    String health;
    /** {@code ready}, {@code drain} or {@code maint}. */
    String state;
    /** A number, or percent of the configured weight. */
    String weight;
    /** A number. */
    String connectionsMax;
    /** Behind {@code #}. */
    String description;
    /** The first word that is none of these. */
    String unknown;

    private AgentReply() {}

    static AgentReply parse(String line) {
        AgentReply reply = new AgentReply();
        int at = 0;
        while (at < line.length() && line.charAt(at) != '#') {
            int end = wordEnd(line, at);
            if (end > at) {
                reply.word(line.substring(at, end));
            }
            at = end + 1;
        }
        if (at < line.length()) {
            reply.description = line.substring(at + 1).strip();
        }
        return reply;
    }

    private static int wordEnd(String line, int at) {
        int end = at;
        while (end < line.length() && SEPARATORS.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private void word(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        switch (lower) {
            case "up", "down", "stopped", "fail" -> health = word;
            case "ready", "drain", "maint" -> state = lower;
            default -> value(word, lower);
        }
    }

    private void value(String word, String lower) {
        if (lower.startsWith(WEIGHT)) {
            weight = word.substring(WEIGHT.length());
        } else if (lower.startsWith(CONNECTIONS_MAX)) {
            connectionsMax = word.substring(CONNECTIONS_MAX.length());
        } else if (Character.isDigit(word.charAt(0)) && word.indexOf('%') > 0) {
            weight = word;
        } else {
            unknown = unknown == null ? word : unknown;
        }
    }

    boolean isUp() {
        return health.equalsIgnoreCase("up");
    }
}
