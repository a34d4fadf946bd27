package dev.weir.launch;

import dev.weir.bridge.kernel.Credentials;
import dev.weir.config.compile.Accounts;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Severity;

/** {@code user}, {@code group}, {@code uid}, {@code gid}: who the process is once its ports are open. */
final class Privileges {
    private Privileges() {}

    /** False, with a message, if it may not or if there is no such account. */
    static boolean drop(Configuration configuration, StartupMessages messages) {
        var process = configuration.global().process();
        int uid = number("user", process.user(), process.uid(), Accounts::user, messages);
        int gid = number("group", process.group(), process.gid(), Accounts::group, messages);
        if (uid == UNKNOWN || gid == UNKNOWN) {
            return false;
        }
        if (!Credentials.drop(uid > 0 ? uid : -1, gid > 0 ? gid : -1)) {
            messages.show(Severity.ALERT, "[weir.main()] Cannot set uid " + uid + ", gid " + gid + ".");
            return false;
        }
        return true;
    }

    private static final int UNKNOWN = Integer.MIN_VALUE;

    private static int number(
            String kind,
            String name,
            int number,
            java.util.function.ToIntFunction<String> accounts,
            StartupMessages messages) {
        if (name == null || name.isEmpty()) {
            return number;
        }
        int found = accounts.applyAsInt(name);
        if (found < 0) {
            messages.show(
                    Severity.ALERT, "[weir.main()] '" + kind + "' : '" + name + "' is an unknown " + kind + " name.");
            return UNKNOWN;
        }
        return found;
    }
}
