package dev.weir.server.check;

import dev.weir.server.ProbeTarget;

/** Where questions go: what the configuration says, unless the runtime API has said otherwise since. Any thread. */
final class TargetOverride {
    private ProbeTarget configured;
    private volatile ProbeTarget current;

    TargetOverride(ProbeTarget configured) {
        this.configured = configured;
        this.current = configured;
    }

    ProbeTarget current() {
        return current;
    }

    void set(ProbeTarget target) {
        current = target;
    }

    /** After a reload: what is new in the configuration holds. While the configuration is put in force. */
    void adopt(ProbeTarget fresh) {
        if (!fresh.equals(configured)) {
            configured = fresh;
            current = fresh;
        }
    }
}
