package dev.weir.config.parse;

import dev.weir.config.model.Position;
import dev.weir.config.model.StatsPageLines;
import java.util.ArrayList;
import java.util.List;

/** The {@code stats} lines of a proxy while they are read. Single-threaded. */
final class StatsPageDraft {
    private static final String URI = "/haproxy?stats";
    private static final String REALM = "HAProxy Statistics";

    final Position at;
    String uri = URI;
    final List<String> accounts = new ArrayList<>();
    String realm = REALM;
    int refreshSeconds;
    final List<String> scope = new ArrayList<>();
    boolean hidesVersion;
    String node;
    String description;
    boolean showsLegends;
    Position adminAt;
    List<String> adminCondition;
    final List<StatsPageLines.Access> access = new ArrayList<>();

    StatsPageDraft(Position at) {
        this.at = at;
        adminAt = at;
    }

    /** A copy, for a section that begins with these lines of its defaults. */
    StatsPageDraft(StatsPageDraft from) {
        this(from.at);
        uri = from.uri;
        accounts.addAll(from.accounts);
        realm = from.realm;
        refreshSeconds = from.refreshSeconds;
        scope.addAll(from.scope);
        hidesVersion = from.hidesVersion;
        node = from.node;
        description = from.description;
        showsLegends = from.showsLegends;
        adminAt = from.adminAt;
        adminCondition = from.adminCondition;
        access.addAll(from.access);
    }

    StatsPageLines build() {
        return new StatsPageLines(
                at,
                uri,
                List.copyOf(accounts),
                realm,
                refreshSeconds,
                List.copyOf(scope),
                hidesVersion,
                node,
                description,
                showsLegends,
                adminAt,
                adminCondition,
                List.copyOf(access));
    }
}
