package dev.weir.rule.action;

import dev.weir.rule.HttpActionFamily;
import dev.weir.rule.HttpActionTable;
import java.util.List;

/** All families of actions of HTTP rules; a new one is a line here. */
public final class HttpActionFamilies {
    public static final List<HttpActionFamily> ALL = List.of(
            new FlowActions(),
            new ReplyActions(),
            new RedirectActions(),
            new HeaderActions(),
            new TargetActions(),
            new NormalizeActions(),
            new StatusActions(),
            new StreamActions(),
            new WaitActions(),
            new HintActions(),
            new StickActions(),
            new ServiceActions(),
            new CaptureActions(),
            new PatternActions(),
            new UnsupportedActions());

    /** Every action by name. */
    public static final HttpActionTable TABLE = new HttpActionTable();

    static {
        ALL.forEach(family -> family.describe(TABLE));
    }

    private HttpActionFamilies() {}
}
