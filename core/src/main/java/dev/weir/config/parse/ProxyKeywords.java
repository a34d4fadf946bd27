package dev.weir.config.parse;

import static dev.weir.config.parse.Keyword.BACKEND;
import static dev.weir.config.parse.Keyword.DEFAULTS;
import static dev.weir.config.parse.Keyword.FRONTEND;
import static dev.weir.config.parse.Keyword.NAMED_DEFAULTS;

import dev.weir.config.model.AclLine;
import dev.weir.config.model.ErrorPageLine;
import dev.weir.config.model.Mode;
import dev.weir.config.model.ProxyKind;
import dev.weir.config.model.RuleLine;
import dev.weir.config.model.RuleSet;
import dev.weir.config.model.UseBackendLine;
import dev.weir.config.model.UseServerLine;
import java.util.ArrayList;
import java.util.List;

/** Keywords of {@code defaults}, {@code frontend}, {@code backend} and {@code listen}. */
final class ProxyKeywords {
    private static final int FRONT = DEFAULTS | FRONTEND;
    private static final int BACK = DEFAULTS | BACKEND;
    private static final int BOTH = DEFAULTS | FRONTEND | BACKEND;
    private static final int RULES_FRONT = NAMED_DEFAULTS | FRONTEND;
    private static final int RULES_BACK = NAMED_DEFAULTS | BACKEND;
    private static final int RULES_BOTH = NAMED_DEFAULTS | FRONTEND | BACKEND;

    private final KeywordTable<ProxyDraft> table = new KeywordTable<ProxyDraft>("Proxies").manual("4.2");
    private final KeywordTable<ProxyDraft> options = OptionKeywords.table();
    private final KeywordTable<ProxyDraft> timeouts = TimeoutKeywords.table();
    private final KeywordTable<BindDraft> bindOptions = BindOptions.table();
    private final KeywordTable<ServerDraft> serverOptions = ServerOptions.table();
    private final KeywordTable<ProxyDraft> actions = RuleActions.table();
    private final KeywordTable<ProxyDraft> httpActions = HttpRuleActions.table();

    ProxyKeywords() {
        identity();
        shared();
        frontend();
        backend();
        rules();
        errorPages();
        ProxyLogKeywords.fill(table);
        StickKeywords.describe(table);
        StatsPageKeywords.describe(table);
        HttpKeywords.fill(table);
        HeaderKeywords.fill(table);
        PersistKeywords.fill(table);
        CheckKeywords.fill(table);
        CaptureKeywords.fill(table);
        ServerStateKeywords.fill(table);
        KnownProxyKeywords.fill(table);
    }

    KeywordTable<ProxyDraft> table() {
        return table;
    }

    /** All families that belong to proxies, in the order of the documentation. */
    List<KeywordTable<?>> tables() {
        return List.of(table, options, timeouts, bindOptions, serverOptions, actions, httpActions);
    }

    private void identity() {
        table.supported("mode", BOTH, "`tcp`, `http`", ProxyKeywords::mode);
        table.supported("id", FRONTEND | BACKEND, "numeric id of the proxy", (proxy, line) -> {
            proxy.id = line.integer(1, Integer.MAX_VALUE, 0);
            proxy.idAt = line.at();
        });
        table.supported(
                "guid",
                FRONTEND | BACKEND,
                "globally unique name, which counters are found by in a `stats-file`",
                (proxy, line) -> proxy.guid = line.guid());
        table.supported(
                "description",
                FRONTEND | BACKEND,
                "text for statistics",
                (proxy, line) -> proxy.description = line.text());
        table.supported("disabled", BOTH, "the proxy is not started", (proxy, line) -> proxy.disabled = true);
        table.supported("enabled", BOTH, "undoes `disabled` of the defaults", (proxy, line) -> proxy.disabled = false);
    }

    private void shared() {
        table.supported(
                "timeout",
                BOTH,
                "see the timeouts below",
                (proxy, line) -> TimeoutKeywords.parse(timeouts, proxy, line));
        table.supported(
                "option", BOTH, "see the options below", (proxy, line) -> OptionKeywords.parse(options, proxy, line));
        String[] sides = {"cli", "srv"};
        String[] settings = {"cnt", "idle", "intvl"};
        for (int i = 0; i < 6; i++) {
            keepAlive(sides[i / 3] + "tcpka-" + settings[i % 3], i);
        }
    }

    private void keepAlive(String name, int index) {
        String note = "TCP keepalive: " + (index % 3 == 0 ? "probes" : index % 3 == 1 ? "idle time" : "interval");
        table.supported(name, index < 3 ? FRONT : BACK, note, (proxy, line) -> {
            if (index % 3 == 0) {
                proxy.keepAlive[index] = line.integer(0, 127, 0);
            } else {
                proxy.keepAlive[index] = (int) (Math.max(0, line.time(1000)) / 1000);
            }
        });
    }

    private void frontend() {
        table.supported(
                "bind", FRONTEND, "where to listen", (proxy, line) -> BindOptions.parse(bindOptions, proxy, line));
        table.supported(
                "maxconn",
                FRONT,
                "concurrent connections",
                (proxy, line) -> proxy.maxConn = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "backlog",
                FRONT,
                "connections that the kernel holds before they are accepted",
                (proxy, line) -> proxy.backlog = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported(
                "rate-limit sessions",
                FRONT,
                "new sessions per second",
                (proxy, line) -> proxy.sessionRateMax = line.integer(0, Integer.MAX_VALUE, 0));
        table.supported("default_backend", FRONT, "the backend when no `use_backend` rule applies", (proxy, line) -> {
            proxy.defaultBackend = line.argument("a backend name");
            proxy.defaultBackendAt = line.at();
        });
        table.supported(
                "use_backend",
                FRONTEND,
                "a backend by condition; the name may be a log-format",
                ProxyKeywords::useBackend);
    }

    private void backend() {
        table.supported(
                "server", BACKEND, "a server", (proxy, line) -> ServerKeyword.server(serverOptions, proxy, line));
        table.supported(
                "default-server",
                BACK,
                "options of the servers that follow",
                (proxy, line) -> ServerKeyword.defaultServer(serverOptions, proxy, line));
        table.supported(
                "server-template",
                BACKEND,
                "several servers that differ by a number",
                (proxy, line) -> ServerKeyword.template(serverOptions, proxy, line));
        table.supported(
                "balance",
                BACK,
                "`roundrobin`, `static-rr`, `leastconn`, `first`, `random`, `source`, `hash`, `uri`, `url_param`, `hdr`,"
                        + " `rdp-cookie`",
                BalanceKeyword::balance);
        table.supported("hash-type", BACK, "from hash to server", BalanceKeyword::hashType);
        table.supported("hash-balance-factor", BACK, "bounded load of consistent hashing", BalanceKeyword::factor);
        table.supported(
                "hash-preserve-affinity", BACK, "may a hash leave a saturated server", BalanceKeyword::affinity);
        table.supported(
                "fullconn",
                BACK,
                "load at which `minconn` has grown to `maxconn`",
                (proxy, line) -> proxy.fullConn = line.integer(1, Integer.MAX_VALUE, 0));
        table.supported(
                "retries",
                BACK,
                "attempts after the first",
                (proxy, line) -> proxy.retries = line.integer(0, 65535, 3));
        table.supported(
                "retry-on",
                BACK,
                "what another attempt may follow: `none`, `conn-failure`, `empty-response`, `junk-response`,"
                        + " `response-timeout`, `0rtt-rejected` (which does not happen: there is no early data to servers),"
                        + " `all-retryable-errors`, `401`, `403`, `404`, `408`, `421`, `425`, `429`, `500` to `504`",
                RetryKeyword::parse);
        table.supported(
                "source",
                BACK,
                "where connections to servers start",
                (proxy, line) -> proxy.source = SourceKeyword.parse(proxy.global.environment, line));
        table.supported(
                "use-server", BACKEND, "a server by condition; the name may be a log-format", ProxyKeywords::useServer);
    }

    private void rules() {
        table.supported("acl", RULES_BOTH, "names a test", ProxyKeywords::acl);
        rule(RuleSet.TCP_REQUEST_CONNECTION, RULES_FRONT, "rules at accept");
        rule(RuleSet.TCP_REQUEST_SESSION, RULES_FRONT, "rules after the handshakes");
        rule(RuleSet.TCP_REQUEST_CONTENT, RULES_BOTH, "rules on the client's first data");
        rule(RuleSet.TCP_RESPONSE_CONTENT, RULES_BACK, "rules on the server's first data");
        rule(RuleSet.HTTP_REQUEST, RULES_BOTH, "rules on the request's head");
        rule(RuleSet.HTTP_RESPONSE, RULES_BOTH, "rules on the response's head");
        rule(RuleSet.HTTP_AFTER_RESPONSE, RULES_BOTH, "rules on every response that leaves, the proxy's own included");
        table.supported(
                "redirect",
                FRONTEND | BACKEND,
                "sends clients to another place; better in `http-request`",
                (proxy, line) -> {
                    RuleOrder.check(proxy, RuleSet.REDIRECT.ordinal(), line);
                    proxy.rules.add(new RuleLine(line.at(), RuleSet.REDIRECT, line.rest()));
                });
        filter("bwlim-in", "limits what clients send, for `set-bandwidth-limit`");
        filter("bwlim-out", "limits what clients get, for `set-bandwidth-limit`");
        table.supported(
                "tcp-request inspect-delay",
                RULES_BOTH,
                "how long content rules wait for data",
                (proxy, line) ->
                        proxy.requestInspectDelayMs = inspectDelayMs(proxy.requestInspectDelayMs, proxy, line));
        table.supported(
                "tcp-response inspect-delay",
                RULES_BACK,
                "how long content rules wait for data",
                (proxy, line) ->
                        proxy.responseInspectDelayMs = inspectDelayMs(proxy.responseInspectDelayMs, proxy, line));
    }

    /** HAProxy keeps the first one, that of the defaults too, and does not look at words behind the time. */
    private static long inspectDelayMs(long earlierMs, ProxyDraft proxy, Line line) {
        long delayMs = Math.max(0, line.time(1));
        line.rest();
        if (earlierMs == 0) {
            return delayMs;
        }
        line.warning("ignoring " + line.subject() + " (was already defined) in " + proxy.title());
        return earlierMs;
    }

    private void rule(RuleSet set, int where, String note) {
        table.supported(set.keyword(), where, note, (proxy, line) -> {
            RuleOrder.check(proxy, set.ordinal(), line);
            RuleActions.parse(set.isHttp() ? httpActions : actions, set, proxy, line);
        });
    }

    private void filter(String kind, String note) {
        table.supported("filter " + kind, FRONTEND | BACKEND, note, (proxy, line) -> {
            List<String> words = new ArrayList<>();
            words.add(kind);
            words.addAll(line.rest());
            proxy.rules.add(new RuleLine(line.at(), RuleSet.FILTER, words));
        });
    }

    private void errorPages() {
        errorPage("errorfile", "what is answered for a status: a whole response in a file");
        errorPage("errorfiles", "takes error files from an `http-errors` section");
        errorPage("errorloc", "what is answered for a status: a redirection with 302");
        errorPage("errorloc302", "as `errorloc`");
        errorPage("errorloc303", "what is answered for a status: a redirection with 303");
        errorPage("http-error", "what is answered for a status, described as in `http-request return`");
    }

    private void errorPage(String keyword, String note) {
        table.supported(
                keyword,
                BOTH,
                note,
                (proxy, line) -> proxy.errorPages.add(new ErrorPageLine(line.at(), keyword, line.rest())));
    }

    private static void mode(ProxyDraft proxy, Line line) {
        String mode = line.next();
        proxy.modeAt = line.at();
        switch (mode) {
            case "tcp" -> proxy.mode = Mode.TCP;
            case "http" -> proxy.mode = Mode.HTTP;
            case "log", "spop", "haterm", "health" ->
                line.alert("'mode " + mode + "' is not supported by this version of Weir");
            default -> line.alert("unknown proxy mode '" + mode + "'.");
        }
    }

    private static void useBackend(ProxyDraft proxy, Line line) {
        String target = line.argument("a backend name");
        if (!target.isEmpty()) {
            RuleOrder.check(proxy, RuleOrder.USE_BACKEND, line);
            proxy.useBackends.add(new UseBackendLine(line.at(), target, condition(line)));
        }
    }

    private static void useServer(ProxyDraft proxy, Line line) {
        String target = line.argument("a server name");
        if (target.isEmpty()) {
            return;
        }
        if (!line.hasNext()) {
            line.alert("'use-server' requires either 'if' or 'unless' followed by a condition.");
        }
        RuleOrder.check(proxy, RuleOrder.USE_SERVER, line);
        proxy.useServers.add(new UseServerLine(line.at(), target, condition(line)));
    }

    private static List<String> condition(Line line) {
        if (line.hasNext() && !line.peek().equals("if") && !line.peek().equals("unless")) {
            line.alertSubject("requires either 'if' or 'unless' followed by a condition (got '" + line.peek() + "').");
            line.rest();
        }
        return line.rest();
    }

    private static void acl(ProxyDraft proxy, Line line) {
        String name = line.argument("a name and a criterion");
        char offender = Names.offender(name);
        if (offender != 0) {
            line.alert("character '" + offender + "' is not permitted in acl name '" + name + "'.");
        } else if (name.equalsIgnoreCase("or")) {
            line.alert("acl name '" + name
                    + "' will never match. 'or' is used to express a logical disjunction within a" + " condition.");
        } else if (!line.hasNext() && !name.isEmpty()) {
            line.alert("error detected while parsing ACL '" + name + "' : missing fetch method in ACL expression ''.");
        } else {
            proxy.acls.add(new AclLine(line.at(), name, line.rest()));
        }
        line.rest();
    }

    /** One line of a proxy's section. */
    void parse(ProxyDraft proxy, Line line) {
        var keyword = table.take(line);
        if (keyword == null) {
            unknown(proxy, line);
            return;
        }
        if (keyword.where() != 0 && !isAllowed(keyword, proxy, line)) {
            return;
        }
        table.apply(keyword, proxy, line, keyword.name());
        line.end();
    }

    private void unknown(ProxyDraft proxy, Line line) {
        String word = line.next();
        String seconds = table.secondWords(word);
        if (!seconds.isEmpty()) {
            line.alert("'" + word + "' expects one of " + seconds + " (got '" + line.next() + "')");
            return;
        }
        var nearest = table.nearest(word);
        SectionKeywords.NAMES.forEach(nearest::offer);
        line.alert("unknown keyword '" + word + "' in '" + proxy.kind.keyword() + "' section" + nearest.hint());
    }

    private static boolean isAllowed(Keyword<ProxyDraft> keyword, ProxyDraft proxy, Line line) {
        if (keyword.isIn(proxy.place())) {
            return true;
        }
        String name = keyword.name();
        if (proxy.kind == ProxyKind.DEFAULTS) {
            line.alert("'" + name + "' not allowed in "
                    + (keyword.isIn(NAMED_DEFAULTS) ? "anonymous 'defaults' section." : "'defaults' section."));
            return false;
        }
        String side = keyword.isIn(FRONTEND) ? "frontend" : "backend";
        String reason = " because " + proxy.title() + " has no " + side + " capability.";
        if (name.startsWith("tcp-request")) {
            line.alert(name + " is not allowed because " + proxy.title().replace("'", "") + " is not a frontend");
        } else if (name.startsWith("tcp-response")) {
            line.alert(name + " is only allowed in 'backend' sections or 'defaults' section with a name");
        } else if (name.startsWith("server")) {
            line.alert("'" + name + "' not allowed" + reason);
        } else if (name.equals("retry-on")) {
            line.alert("'retry-on' only available in backend or listen section");
        } else {
            line.warning("'" + name + "' ignored" + reason
                    + (name.equals("maxconn") ? " Maybe you want 'fullconn' instead ?" : ""));
        }
        return false;
    }
}
