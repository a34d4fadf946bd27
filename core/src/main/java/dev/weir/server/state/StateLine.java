package dev.weir.server.state;

import java.util.List;

/**
 * A line of a server state file, not yet looked into. Immutable.
 *
 * @param backendId as it stands there
 * @param backendIdIsForced whether the configuration gave it
 * @param fields from {@code srv_addr} on, at least {@link #FIELDS_MIN} and at most {@link #FIELDS_MAX}
 */
public record StateLine(
        String backendId, String backendName, String serverName, boolean backendIdIsForced, List<String> fields) {
    static final int NAMES = 4;
    static final int FIELDS_MIN = 16;
    static final int FIELDS_MAX = 21;

    // positions in fields
    static final int ADDRESS = 0;
    static final int OPERATION = 1;
    static final int ADMINISTRATION = 2;
    static final int USER_WEIGHT = 3;
    static final int INITIAL_WEIGHT = 4;
    static final int AGE = 5;
    static final int CHECK_STATUS = 6;
    static final int CHECK_RESULT = 7;
    static final int CHECK_HEALTH = 8;
    static final int CHECK_STATE = 9;
    static final int AGENT_STATE = 10;
    static final int BACKEND_FORCED_ID = 11;
    static final int SERVER_FORCED_ID = 12;
    static final int NAME = 13;
    static final int PORT = 14;
    static final int RECORD = 15;
    static final int CHECK_PORT = 17;
    static final int CHECK_ADDRESS = 18;
    static final int AGENT_ADDRESS = 19;
    static final int AGENT_PORT = 20;

    static StateLine of(List<String> words) {
        List<String> fields = List.copyOf(words.subList(NAMES, Math.min(words.size(), NAMES + FIELDS_MAX)));
        return new StateLine(
                words.get(0),
                words.get(1),
                words.get(3),
                !fields.get(BACKEND_FORCED_ID).equals("0"),
                fields);
    }

    /** Optional fields that are not there read as {@code otherwise}. */
    String field(int position, String otherwise) {
        return position < fields.size() ? fields.get(position) : otherwise;
    }
}
