package dev.weir.config.model;

import java.util.List;

/**
 * A frontend, a backend or both, with what its defaults section gave filled in.
 *
 * @param id numeric id: given, or assigned in order of declaration
 * @param modeAt the line that set the mode, or {@code at}
 * @param inherited rules of its named defaults section: they run before its own and see only their own ACLs
 * @param errorPages of its defaults, then its own
 * @param stickTable its own, or null
 * @param statsPage null without one
 * @param frontend null if it takes no connections
 * @param backend null if it has no servers
 */
public record ProxySection(
        Position at,
        ProxyKind kind,
        String name,
        int id,
        Guid guid,
        String description,
        boolean disabled,
        Mode mode,
        Position modeAt,
        Timeouts timeouts,
        ProxyOptions options,
        HttpSettings http,
        KeepAlive keepAlive,
        ProxyLog log,
        Rules inherited,
        Rules rules,
        List<ErrorPageLine> errorPages,
        StickTableLine stickTable,
        StatsPageLines statsPage,
        FrontendSettings frontend,
        BackendSettings backend)
        implements Section {

    /** As messages name it: {@code frontend 'web'}. */
    public String title() {
        return kind.title() + " '" + name + "'";
    }
}
