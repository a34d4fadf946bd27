package dev.weir.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes small configurations of rules on requests and responses with conditions. Left out is what depends on time or on who came before
 * (counters of connections, ports), what leaves no line in the log ({@code set-log-level silent}, {@code monitor-uri}), and what
 * operations.md says is otherwise than in HAProxy: blanks and nothing in a target that a rule sets, {@code set-method}, denials by a
 * backend, a Content-Length of 204, what the log says of cookies, and a body of a request that may have none in HTTP/1.0.
 */
final class RandomRules {
    /** Sections that all configurations refer to. */
    static final String COMMON = """
            http-errors ef
                errorfile 503 @folder@/page
            userlist ul
                user joe insecure-password s
            """;

    private static final String LOG = String.join(
            "<|>",
            List.of(
                    "%ft",
                    "%b",
                    "%s",
                    "%ST",
                    "%ts",
                    "%tsc",
                    "%hr",
                    "%hs",
                    "%{+Q}r",
                    "%HM",
                    "%HP",
                    "%HPO",
                    "%HQ",
                    "%HU",
                    "%HV",
                    "%ID",
                    "%hrl",
                    "%hsl",
                    "%[var(txn.a)]",
                    "%rc",
                    "%[last_rule_line]"));
    private static final List<String> FRONTEND_OPTIONS = List.of(
            "option forwardfor",
            "option forwardfor except 127.0.0.0/8",
            "option forwardfor header X-Client if-none",
            "option http-buffer-request",
            "option httpclose",
            "option http-server-close",
            "no option http-server-close",
            "option forwarded",
            "option originalto",
            "unique-id-format u%[path,length]\n    unique-id-header X-Uid",
            "option dontlognull",
            "capture cookie sid len 10",
            "option http-ignore-probes",
            "errorfile 403 @folder@/page",
            "option http-use-proxy-header",
            "option accept-unsafe-violations-in-http-request");
    private static final List<String> BACKEND_OPTIONS = List.of(
            "option forwardfor",
            "http-send-name-header X-Srv",
            "option http-server-close",
            "option httpclose",
            "option http-pretend-keepalive",
            "cookie SRV insert indirect nocache",
            "cookie sid rewrite",
            "cookie PFX prefix",
            "http-reuse always",
            "retries 1",
            "errorfile 503 @folder@/page");

    private final RandomChoice choice;
    private final RandomRequestRules onRequests;
    private final RandomResponseRules onResponses;
    private final String id;

    /** @param id what the names of this configuration end with */
    RandomRules(RandomChoice choice, String id) {
        this.choice = choice;
        this.onRequests = new RandomRequestRules(choice, id);
        this.onResponses = new RandomResponseRules(choice, id);
        this.id = id;
    }

    String frontend() {
        return "fe" + id;
    }

    String configuration() {
        List<String> lines = new ArrayList<>();
        lines.add("backend st" + id + "\n    stick-table type ip size 1k expire 1h store gpc0,gpt0,http_req_cnt");
        lines.add("backend sp" + id + "\n    stick-table type string len 16 size 1k expire 1h store gpc0,http_req_cnt");
        lines.add("backend sn" + id + "\n    stick-table type integer size 1k expire 1h store gpc0");
        lines.add("frontend " + frontend() + "\n    bind 127.0.0.1:@" + frontend() + "@");
        lines.add("    log-format '" + LOG + "'");
        lines.add("    declare capture response len 10");
        lines.add("    capture request header x-a len 8");
        lines.add("    capture response header x-r len 6");
        options(lines, FRONTEND_OPTIONS, choice.one(0, 1, 2));
        rules(lines, choice.one(1, 2, 3, 4, 6), choice.one(0, 1, 2), choice.one(0, 1, 2), true);
        if (choice.isChance(30)) {
            lines.add("    use_backend "
                    + choice.one("b2" + id, "b%[path,length]" + id, "%[req.hdr(x-a)]" + id, "b%[int(2)]" + id)
                    + onRequests.condition());
        }
        lines.add("    default_backend b1" + id);
        backend(lines, "b1", List.of("s1"));
        backend(lines, "b2", List.of("s1", "s2"));
        return String.join("\n", lines) + "\n";
    }

    private void backend(List<String> lines, String name, List<String> servers) {
        lines.add("backend " + name + id);
        options(lines, BACKEND_OPTIONS, choice.one(0, 0, 1, 2));
        rules(lines, choice.one(0, 1, 2), choice.one(0, 1, 2), choice.one(0, 0, 1), false);
        servers.forEach(server -> lines.add("    server " + server + " 127.0.0.1:@" + server + "@ cookie c" + server));
    }

    private void options(List<String> lines, List<String> among, int count) {
        choice.some(among, count).forEach(option -> lines.add("    " + option));
    }

    private void rules(List<String> lines, int ofRequests, int ofResponses, int ofAll, boolean isFrontend) {
        for (int i = 0; i < ofRequests; i++) {
            lines.add("    " + onRequests.rule(isFrontend));
        }
        for (int i = 0; i < ofResponses; i++) {
            lines.add("    " + onResponses.rule());
        }
        for (int i = 0; i < ofAll; i++) {
            lines.add("    " + onResponses.ruleOnAll());
        }
    }
}
