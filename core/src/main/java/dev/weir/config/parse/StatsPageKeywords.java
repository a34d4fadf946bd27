package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;

import dev.weir.config.model.StatsPageLines;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** {@code stats ...} of proxies: the statistics page. Any of them turns it on. HAProxy manual 4.2. */
final class StatsPageKeywords {
    private static final int EVERYWHERE = DEFAULTS | FRONTEND | BACKEND;
    private static final Set<String> ACCESS = Set.of("allow", "deny", "auth");

    private StatsPageKeywords() {}

    static void describe(KeywordTable<ProxyDraft> table) {
        add(table, "enable", "turns the statistics page on", (page, line) -> {});
        add(
                table,
                "uri",
                "where the page is, `/haproxy?stats` by default",
                (page, line) -> page.uri = line.argument("an URI prefix"));
        add(table, "auth", "an account for the page, `user:password`", StatsPageKeywords::account);
        add(
                table,
                "realm",
                "what the browser calls the page when it asks for an account",
                (page, line) -> page.realm = line.argument("a realm"));
        add(
                table,
                "refresh",
                "how often the page is made anew",
                (page, line) -> page.refreshSeconds = (int) (Math.max(0, line.time(1000)) / 1000));
        add(
                table,
                "scope",
                "a proxy that the page shows, `.` for its own; all without",
                (page, line) -> page.scope.add(line.argument("a proxy name")));
        add(table, "hide-version", "the page does not tell the version", (page, line) -> page.hidesVersion = true);
        add(
                table,
                "show-node",
                "the page tells the node's name",
                (page, line) -> page.node = line.hasNext() ? line.next() : "");
        add(
                table,
                "show-desc",
                "the page shows a description",
                (page, line) -> page.description = line.hasNext() ? String.join(" ", line.rest()) : "");
        add(table, "show-legends", "the page tells addresses", (page, line) -> page.showsLegends = true);
        add(
                table,
                "show-modules",
                "accepted without effect: there are no modules",
                (page, line) -> line.notice("'stats show-modules' has no effect: there are no modules."));
        add(table, "admin", "who may change servers on the page", StatsPageKeywords::admin);
        add(table, "http-request", "who may see the page: `allow`, `deny`, `auth`", StatsPageKeywords::access);
    }

    private static void add(
            KeywordTable<ProxyDraft> table, String name, String note, BiConsumer<StatsPageDraft, Line> reader) {
        table.supported("stats " + name, EVERYWHERE, note, (proxy, line) -> {
            if (proxy.statsPage == null) {
                proxy.statsPage = new StatsPageDraft(line.at());
            }
            reader.accept(proxy.statsPage, line);
            passOver(line);
        });
    }

    /** HAProxy does not look at what follows, so it must not keep a configuration from starting. */
    private static void passOver(Line line) {
        if (line.hasNext()) {
            line.notice("'" + line.subject() + "' does not look at the words behind it."); // which may be of a password
            line.rest();
        }
    }

    /** A name alone is an account whose password is empty, as in HAProxy. */
    private static void account(StatsPageDraft page, Line line) {
        String account = line.argument("a user:password account");
        if (account.isEmpty() || account.indexOf(':') >= 0) {
            page.accounts.add(account);
            return;
        }
        line.notice("'stats auth' without ':' : the password of this account is empty."); // unless this is the password
        page.accounts.add(account + ':');
    }

    private static void admin(StatsPageDraft page, Line line) {
        if (!line.peek().equals("if") && !line.peek().equals("unless")) {
            line.alertSubject("requires either 'if' or 'unless' followed by a condition.");
            line.rest();
            return;
        }
        page.adminAt = line.at();
        page.adminCondition = line.rest();
    }

    private static void access(StatsPageDraft page, Line line) {
        String action = line.argument("'allow', 'deny' or 'auth'");
        if (!action.isEmpty() && !ACCESS.contains(action)) {
            line.alertSubject("expects 'allow', 'deny' or 'auth' (got '" + action + "').");
            line.rest();
            return;
        }
        String realm = action.equals("auth") && line.accept("realm") ? line.argument("a realm") : "";
        List<String> condition = line.rest();
        if (!condition.isEmpty()
                && !condition.get(0).equals("if")
                && !condition.get(0).equals("unless")) {
            line.alertSubject("cannot handle unexpected argument '" + condition.get(0) + "'.");
            return;
        }
        page.access.add(new StatsPageLines.Access(line.at(), action, realm, condition));
    }
}
