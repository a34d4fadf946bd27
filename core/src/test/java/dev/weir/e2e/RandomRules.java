package dev.weir.e2e;

import dev.weir.e2e.ComparedConfigurations.Ask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes small configurations of rules on requests and responses with conditions, and requests to them. Left out is what depends on time
 * or on who came before (counters of connections, ports), what leaves no line in the log ({@code set-log-level silent}, {@code
 * monitor-uri}), and what operations.md says is otherwise than in HAProxy: blanks and nothing in a target that a rule sets, {@code
 * set-method}, denials by a backend, {@code last_rule_line} behind {@code http-after-response}, {@code http-pretend-keepalive} (not said again to a server in HTTP/1.0), a Content-Length of 204, and what the log says of cookies.
 * A body of a request that may have none in HTTP/1.0 is, too: HAProxy logs that it answered 413, and sends nothing.
 */
final class RandomRules {
    /** Sections that all configurations refer to. */
    static final String COMMON = """
            http-errors ef
                errorfile 503 @folder@/page
            userlist ul
                user joe insecure-password s
            """;

    /** What servers answer. */
    static final List<String> ANSWERS = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-R: one\r\nX-R: two, three\r\nServer: S\r\n\r\nhello",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nContent-Type: text/html\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n\r\nnot",
            "HTTP/1.1 204 No Content\r\nX-R: n\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-R: c\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\n\r\n",
            "HTTP/1.0 200 OK\r\nX-R: old\r\nConnection: close\r\n\r\nuntil close",
            "HTTP/1.1 302 Found\r\nLocation: /else?where\r\nContent-Length: 0\r\nCache-Control: no-cache\r\n\r\n",
            "HTTP/1.1 500 Oops it broke\r\nContent-Length: 1\r\nConnection: close\r\n\r\nX",
            "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n",
            "HTTP/1.1 200\r\nContent-Length: 2\r\nVary: a, b\r\nX-Empty:\r\n\r\nok",
            "HTTP/1.1 201 Created\r\nContent-Length: 4\r\nX-R: one;q=1, two\r\n\r\n\0\u00FF\r\n");

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
                    "%rc"));

    private static final List<String> CONDITIONS = List.of(
            "path_beg /a",
            "path_end .html",
            "path -m reg ^/[a-c]+$",
            "method POST",
            "method GET HEAD",
            "hdr(x-a) -m found",
            "hdr_cnt(x-a) gt 1",
            "hdr(x-a) -m str one",
            "req.cook(sid) -m found",
            "url_param(a) -m str 1",
            "query -m found",
            "path,length gt 5",
            "hdr(host) -i x.example",
            "hdr_sub(x-b) -i two",
            "always_true",
            "always_false",
            "var(txn.a) -m found",
            "var(txn.n) -m int ge 2",
            "req.ver 1.0",
            "path_sub ..",
            "path_dir a",
            "urlp(b) -m end z",
            "src 127.0.0.0/8",
            "http_auth(ul)",
            "path,lower -m beg /a",
            "req.fhdr(x-a) -m sub ,",
            "url_dom example",
            "hdr_dom(host) example",
            "req.body_len gt 0",
            "base -m beg x",
            "capture.req.hdr(0) -m found");
    private static final List<String> RESPONSE_CONDITIONS = List.of(
            "status 200",
            "status 400:599",
            "res.hdr(x-r) -m found",
            "res.hdr_cnt(x-r) gt 1",
            "res.cook(a) -m str 1",
            "always_true",
            "var(txn.a) -m found",
            "res.fhdr(server) -m str S",
            "res.ver 1.0",
            "res.hdr(content-type) -m beg text",
            "capture.req.method GET",
            "var(txn.n) -m int ge 2",
            "method POST");
    private static final List<String> TEXTS = List.of(
            "v",
            "%[path]",
            "%[req.hdr(x-a)]",
            "\"a b\"",
            "%[url]",
            "%[query]x",
            "\"%[method] %[path]\"",
            "%[var(txn.a)]",
            "%[req.hdr_cnt(x-a)]",
            "%[req.ver]",
            "%[src]",
            "%%",
            "%[req.fhdr(x-b)]",
            "\"%[req.cook(sid)],%[path,upper]\"",
            "%ci",
            "%[path,url_dec]",
            "%HM",
            "%HP",
            "%HPO",
            "%HQ",
            "%HU",
            "%HV",
            "%[req.hdr(nope)]",
            "\"\"",
            "%r",
            "%{+Q}r",
            "%[req.body]",
            "%[unique-id]",
            "%[pathq]",
            "%[baseq]",
            "%ID");
    private static final List<String> RESPONSE_TEXTS = List.of(
            "v",
            "%[status]",
            "%[res.hdr(x-r)]",
            "\"a b\"",
            "%[var(txn.a)]",
            "%[res.fhdr(x-r,1)]",
            "%[res.cook(a)]",
            "%ST",
            "%[capture.req.hdr(0)]",
            "%s",
            "%b",
            "%[res.ver]",
            "%[srv_name]",
            "\"\"",
            "w",
            "%hr",
            "%hs",
            "%tsc",
            "%[res.hdr_names]",
            "%[str(1),add(2)]");
    private static final List<String> FIELDS =
            List.of("x-a", "x-b", "x-new", "cookie", "X-Mixed", "host", "user-agent", "accept");
    private static final List<String> RESPONSE_FIELDS =
            List.of("x-r", "server", "set-cookie", "x-new", "content-type", "location", "vary", "etag");
    private static final List<String> PATTERNS = List.of(
            "one",
            "'^(.*)$'",
            "(o)(n)e",
            "'[a-z]+'",
            "'^$'",
            "t.",
            "'([^,]*),(.*)'",
            "';q=.*'",
            "'^/(a)(/.*)?'",
            "'x*'",
            "'\\?.*'",
            "'^([^ ]*)$'",
            "'(?i)ONE'",
            "/+");
    private static final List<String> REPLACEMENTS =
            List.of("X", "'\\1'", "'\\2\\1'", "\"<\\0>\"", "\"\"", "%[path]", "'a\\1b'", "%[req.hdr(x-b)]", "%%");
    private static final List<String> TARGET_REPLACEMENTS = List.of("/X", "'/\\1'", "'/\\2\\1'", "'/a\\1b'");
    private static final List<String> NORMALIZERS = List.of(
            "fragment-encode",
            "fragment-strip",
            "path-merge-slashes",
            "path-strip-dot",
            "path-strip-dotdot",
            "path-strip-dotdot full",
            "percent-decode-unreserved",
            "percent-decode-unreserved strict",
            "percent-to-uppercase",
            "percent-to-uppercase strict",
            "query-sort-by-name");
    private static final List<String> DENIALS = List.of(
            "deny",
            "deny status 429",
            "deny deny_status 503",
            "deny status 401 content-type text/plain string no",
            "deny status 418 content-type a/b lf-string \"%[path]\" hdr x-d %[method]",
            "deny status 500 default-errorfiles",
            "tarpit",
            "reject",
            "auth",
            "auth realm r",
            "allow");
    private static final List<String> ANSWERING = List.of(
            "return",
            "return status 200 content-type text/plain string hi",
            "return status 200 content-type text/plain lf-string \"%[url]|%[req.hdr(x-a)]\"",
            "return status 200 content-type x/y string \"\" hdr a b hdr a %[path]",
            "return status 404 default-errorfiles",
            "return status 503 errorfiles ef");
    private static final List<String> REDIRECTIONS = List.of(
            "location /x",
            "location http://z.example%[path] code 303",
            "prefix /p",
            "prefix http://y.example",
            "prefix / drop-query",
            "scheme https",
            "scheme https code 308",
            "location / set-cookie A=b",
            "location / clear-cookie sid",
            "prefix /p append-slash",
            "prefix /q drop-query append-slash code 307",
            "location \"/%[req.hdr(x-a)]\"",
            "scheme http keep-query",
            "location /x?y=z keep-query",
            "location / ignore-empty",
            "prefix /p set-cookie X");
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
            "cookie SRV insert indirect nocache",
            "cookie sid rewrite",
            "cookie PFX prefix",
            "http-reuse always",
            "retries 1",
            "errorfile 503 @folder@/page");

    private final Random random;
    private final String id;

    /** @param id what the names of this configuration end with */
    RandomRules(Random random, String id) {
        this.random = random;
        this.id = id;
    }

    @SafeVarargs
    private <T> T one(T... among) {
        return among[random.nextInt(among.length)];
    }

    private <T> T one(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }

    private boolean isChance(int percent) {
        return random.nextInt(100) < percent;
    }

    // ---- configuration ----

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
        options(lines, FRONTEND_OPTIONS, one(0, 1, 2));
        rules(lines, one(1, 2, 3, 4, 6), one(0, 1, 2), one(0, 1, 2), true);
        if (isChance(30)) {
            lines.add("    use_backend "
                    + one("b2" + id, "b%[path,length]" + id, "%[req.hdr(x-a)]" + id, "b%[int(2)]" + id)
                    + condition(CONDITIONS));
        }
        lines.add("    default_backend b1" + id);
        backend(lines, "b1", List.of("s1"));
        backend(lines, "b2", List.of("s1", "s2"));
        return String.join("\n", lines) + "\n";
    }

    private void backend(List<String> lines, String name, List<String> servers) {
        lines.add("backend " + name + id);
        options(lines, BACKEND_OPTIONS, one(0, 0, 1, 2));
        rules(lines, one(0, 1, 2), one(0, 1, 2), one(0, 0, 1), false);
        servers.forEach(server -> lines.add("    server " + server + " 127.0.0.1:@" + server + "@ cookie c" + server));
    }

    private void options(List<String> lines, List<String> among, int count) {
        List<String> shuffled = new ArrayList<>(among);
        Collections.shuffle(shuffled, random);
        shuffled.subList(0, count).forEach(option -> lines.add("    " + option));
    }

    private void rules(List<String> lines, int ofRequests, int ofResponses, int ofAll, boolean isFrontend) {
        for (int i = 0; i < ofRequests; i++) {
            lines.add("    http-request " + requestRule(isFrontend) + condition(CONDITIONS));
        }
        for (int i = 0; i < ofResponses; i++) {
            lines.add("    http-response " + (isChance(75) ? edit() : ending()) + condition(RESPONSE_CONDITIONS));
        }
        for (int i = 0; i < ofAll; i++) {
            lines.add("    http-after-response " + edit() + condition(RESPONSE_CONDITIONS));
        }
    }

    private String condition(List<String> among) {
        if (isChance(35)) {
            return "";
        }
        List<String> terms = new ArrayList<>();
        for (int i = one(1, 1, 1, 2, 2, 3); i > 0; i--) {
            terms.add(one("", "", "!") + "{ " + one(among) + " }");
        }
        return one(" if ", " if ", " unless ") + String.join(one(" ", " ", " or ", " || "), terms);
    }

    private String requestRule(boolean isFrontend) {
        return switch (random.nextInt(34)) {
            case 0, 1 -> "set-header " + one(FIELDS) + " " + one(TEXTS);
            case 2 -> "add-header " + one(FIELDS) + " " + one(TEXTS);
            case 3 -> "del-header " + one(FIELDS);
            case 4 ->
                "del-header " + one("x-m", "x-a", "-a", "'^x-[bm]'") + " -m " + one("beg", "end", "sub", "str", "reg");
            case 5 -> "replace-header " + one(FIELDS) + " " + replacing();
            case 6 -> "replace-value " + one(FIELDS) + " " + replacing();
            case 7 -> "set-path " + one("/new", "%[path]/x", "/%[req.hdr(x-a),url_enc]", "/p?q", "//d");
            case 8 -> "set-pathq " + one("/n?%[query]", "%[pathq]", "/x");
            case 9 -> "set-query " + one("a=b", "%[query]&x", "\"\"", "?z");
            case 10 -> "set-uri " + one("/u", "http://h.example/u?x", "%[url]");
            case 11 -> "replace-path " + one(PATTERNS) + " " + one(TARGET_REPLACEMENTS);
            case 12 -> "replace-pathq " + one(PATTERNS) + " " + one(TARGET_REPLACEMENTS);
            case 13 -> "replace-uri " + one(PATTERNS) + " " + one(TARGET_REPLACEMENTS);
            case 14, 15 -> "normalize-uri " + one(NORMALIZERS);
            case 16 -> one("disable-l7-retry", "set-timeout server 10s");
            case 17 ->
                "set-var(txn.a) "
                        + one("path", "req.hdr(x-a)", "str(x)", "int(3)", "method", "src", "req.cook(sid),upper");
            case 18 -> "set-var(txn.n) " + one("int(2)", "req.hdr_cnt(x-a)", "var(txn.n),add(1)", "req.body_len");
            case 19 -> "set-var-fmt(txn.a) " + one(TEXTS);
            case 20 -> "unset-var(txn.a)";
            case 21 ->
                isFrontend
                        ? "capture " + one("req.hdr(x-a)", "path", "method", "src", "url") + " len " + one("3", "20")
                        : "set-nice 3";
            case 22 -> "set-log-level " + one("info", "debug", "err");
            case 23 ->
                "track-sc" + one("0", "1") + " " + one("src table st", "path table sp", "hdr(x-a) table sp") + id;
            case 24 -> one("sc-inc-gpc0(0)", "sc-set-gpt0(0) 5", "set-timeout server 10s", "disable-l7-retry");
            case 25 -> "set-header x-sc %[sc0_get_gpc0]/%[sc0_get_gpt0]/%[sc1_http_req_cnt]/%[sc0_tracked]";
            case 26 -> one("wait-for-body time 10s", "set-priority-class int(1)");
            case 27 -> "early-hint Link " + one("\"<a>\"", "%[path]");
            case 28 -> "strict-mode " + one("on", "off");
            case 29, 30 -> isFrontend ? one(DENIALS) : "allow";
            case 31 -> one(ANSWERING);
            default -> "redirect " + one(REDIRECTIONS);
        };
    }

    private String replacing() {
        return one(PATTERNS) + " " + one(REPLACEMENTS);
    }

    /** On responses of servers, or on all. */
    private String edit() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> "set-header " + one(RESPONSE_FIELDS) + " " + one(RESPONSE_TEXTS);
            case 2 -> "add-header " + one(RESPONSE_FIELDS) + " " + one(RESPONSE_TEXTS);
            case 3 -> "del-header " + one(RESPONSE_FIELDS);
            case 4 ->
                one("replace-header ", "replace-value ") + one(RESPONSE_FIELDS) + " " + one(PATTERNS) + " "
                        + one(REPLACEMENTS.subList(0, 5));
            case 5 -> "set-status " + one("201", "404 reason \"My reason\"", "503", "299", "200 reason OKAY");
            case 6 -> "set-var(txn.a) " + one("status", "res.hdr(x-r)", "str(r)", "res.hdr_cnt(x-r)");
            case 7 -> one("unset-var(txn.a)", "set-log-level debug", "allow");
            case 8 -> "set-var-fmt(txn.a) " + one(RESPONSE_TEXTS);
            case 9 -> "strict-mode " + one("on", "off");
            case 10 -> "del-header " + one("x-", "-r", "'^x-[er]'") + " -m " + one("beg", "end", "sub", "reg");
            default -> "capture res.hdr(x-r) id 0";
        };
    }

    /** On responses of servers only. */
    private String ending() {
        return one(
                "deny",
                "deny status 502",
                "deny status 500 content-type a/b string x",
                "return status 200 content-type text/plain string r",
                "return status 200 content-type text/plain lf-string \"%[var(txn.a)]\"",
                "redirect location /r",
                "redirect location %[capture.req.uri] code 301",
                "sc-inc-gpc0(0)",
                "track-sc2 status table sn" + id);
    }

    // ---- requests ----

    Ask ask() {
        String method = one("GET", "GET", "GET", "GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "FOO");
        String version = one("1.1", "1.1", "1.1", "1.0");
        String target = one(
                "/",
                "/a",
                "/abc",
                "/a/b/../c",
                "//x//y",
                "/%41%2f%2e?b=z",
                "/a?a=1&b=2",
                "/b.html?",
                "/a/./b?c=3&a=1&b=2#f",
                "/%zz",
                "/?a=1",
                "/a?",
                "/x%00y",
                "/%7euser/%c3%a9",
                "/..",
                "/a;p=1/b",
                "http://x.example/a?b=z",
                "http://x.example",
                "/a/../../b",
                "/a%20b",
                "/a?x=%26&a=1",
                "/A/B");
        List<String> fields = new ArrayList<>();
        if (target.startsWith("http")) {
            fields.add("Host: x.example");
        } else if (version.equals("1.1") || isChance(50)) {
            fields.add("Host: " + one("x", "x.example", "X.EXAMPLE:80", "1.2.3.4"));
        }
        for (String name : List.of("X-A", "x-b", "Accept", "User-Agent", "X-Mixed")) {
            for (int i = one(0, 1, 1, 2); i > 0; i--) {
                fields.add(name + ": "
                        + one(
                                "one",
                                "one, two",
                                "two;q=1,one",
                                "",
                                "a b",
                                "\u00E9",
                                "One",
                                "x=1",
                                "\"q, r\"",
                                "b2",
                                "0"));
            }
        }
        if (isChance(50)) {
            fields.add("Cookie: "
                    + one("sid=abc; b=2", "SRV=cs2", "sid=cs1", "PFX=1", "a=1;sid=\"x y\"", "sid=cs2~foo; SRV=no", ""));
        }
        if (isChance(20)) {
            fields.add("Authorization: Basic am9lOnM=");
        }
        if (isChance(15)) {
            fields.add("X-Forwarded-For: 9.9.9.9");
        }
        fields.add("Connection: " + one("close", "close", "close, x-b"));
        fields.add("X-Answer: " + random.nextInt(ANSWERS.size()));
        String body = List.of("POST", "PUT").contains(method) ? body(version, fields) : "";
        Collections.shuffle(fields, random);
        return new Ask(
                frontend(),
                method + " " + target + " HTTP/" + version + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n" + body);
    }

    private String body(String version, List<String> fields) {
        String body = one("", "a=1&b=2", "x".repeat(2000), "\0\u00FF");
        if (version.equals("1.0") || isChance(60)) {
            fields.add("Content-Length: " + body.length());
            return body;
        }
        fields.add("Transfer-Encoding: chunked");
        return (body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n") + "0\r\n\r\n";
    }
}
