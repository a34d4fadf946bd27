package dev.weir.config.model;

import java.util.List;

/** ACLs and rules of one section in order of writing, all rule sets together. Delays in milliseconds, 0 for none. */
public record Rules(List<AclLine> acls, List<RuleLine> lines, long requestInspectDelayMs, long responseInspectDelayMs) {
    public static final Rules NONE = new Rules(List.of(), List.of(), 0, 0);

    public boolean isEmpty() {
        return acls.isEmpty() && lines.isEmpty();
    }

    /** Whether a rule of that set is there. */
    public boolean has(RuleSet set) {
        for (var line : lines) {
            if (line.set() == set) {
                return true;
            }
        }
        return false;
    }
}
