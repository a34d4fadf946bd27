package dev.weir.server.state;

import dev.weir.balance.Target;
import dev.weir.server.AdminFlags;
import dev.weir.server.ServerState;
import dev.weir.server.check.script.CheckStatus;
import java.util.List;

/** The numbers of a {@link StateLine}, checked one by one. Filled once. One thread. */
final class SavedState {
    private static final int CHECK_RESULTS = 5;
    private static final int CHECK_BITS = 0x1F;
    private static final int PORT_MAX = 65_535;
    private static final int NAME_MAX = 255;
    /** These follow from the configuration and from other servers. */
    private static final int DERIVED_FLAGS = AdminFlags.INHERITED_MAINTENANCE
            | AdminFlags.INHERITED_DRAIN
            | AdminFlags.RESOLUTION_MAINTENANCE
            | AdminFlags.RENAMED;

    private static final List<Integer> FLAGS = List.of(
            0,
            AdminFlags.FORCED_MAINTENANCE,
            AdminFlags.CONFIGURED_MAINTENANCE,
            AdminFlags.CONFIGURED_MAINTENANCE | AdminFlags.FORCED_MAINTENANCE,
            AdminFlags.CONFIGURED_MAINTENANCE | AdminFlags.FORCED_DRAIN,
            AdminFlags.FORCED_DRAIN);

    private final StateLine line;
    private final List<String> faults;

    final ServerState operation;
    /** Of {@link AdminFlags}, without what follows from elsewhere. */
    final int flags;

    final int userWeight;
    final int initialWeight;
    final long ageSeconds;
    final CheckStatus checkStatus;
    final int checkHealth;
    /** Bits of {@link StateBits}. */
    final int checkState;

    final int agentState;
    final int port;

    /** @param faults takes what is wrong, as messages name it */
    SavedState(StateLine line, List<String> faults) {
        this.line = line;
        this.faults = faults;
        operation = operation();
        flags = flags();
        userWeight = (int) number(StateLine.USER_WEIGHT, "srv_uweight", 0, Target.WEIGHT_MAX);
        initialWeight = (int) number(StateLine.INITIAL_WEIGHT, "srv_iweight", 0, Target.WEIGHT_MAX);
        ageSeconds = number(StateLine.AGE, "srv_last_time_change", 0, Integer.MAX_VALUE);
        checkStatus =
                CheckStatus.of((int) number(StateLine.CHECK_STATUS, "srv_check_status", 0, CheckStatus.NUMBERS - 1));
        number(StateLine.CHECK_RESULT, "srv_check_result", 0, CHECK_RESULTS - 1);
        checkHealth = (int) number(StateLine.CHECK_HEALTH, "srv_check_health", 0, Integer.MAX_VALUE);
        checkState = (int) number(StateLine.CHECK_STATE, "srv_check_state", 0, CHECK_BITS);
        agentState = (int) number(StateLine.AGENT_STATE, "srv_agent_state", 0, CHECK_BITS);
        number(StateLine.BACKEND_FORCED_ID, "bk_f_forced_id", 0, 1);
        number(StateLine.SERVER_FORCED_ID, "srv_f_forced_id", 0, 1);
        checkName();
        port = (int) number(StateLine.PORT, "srv_port", 0, PORT_MAX);
    }

    private ServerState operation() {
        int ordinal = (int) number(StateLine.OPERATION, "srv_op_state", 0, ServerState.values().length - 1);
        return ServerState.values()[ordinal];
    }

    private int flags() {
        int all = (int) number(StateLine.ADMINISTRATION, "srv_admin_state", 0, Integer.MAX_VALUE);
        int own = all & ~DERIVED_FLAGS;
        if (!FLAGS.contains(own)) {
            fault(StateLine.ADMINISTRATION, "srv_admin_state");
        }
        return own;
    }

    private void checkName() {
        String name = line.field(StateLine.NAME, "-");
        if (!name.startsWith("-") && (name.length() > NAME_MAX || !name.matches("[A-Za-z0-9._-]+"))) {
            fault(StateLine.NAME, "srv_fqdn");
        }
    }

    /** What a number begins with decides, as in C; 0 where it is wrong. */
    private long number(int position, String name, long least, long most) {
        String digits = line.field(position, "").replaceFirst("^([0-9]{1,18})?.*$", "$1");
        long number = digits.isEmpty() ? -1 : Long.parseLong(digits);
        if (number < least || number > most) {
            fault(position, name);
            return least;
        }
        return number;
    }

    private void fault(int position, String name) {
        faults.add("invalid " + name + " value '" + line.field(position, "") + "'");
    }
}
