package dev.weir.e2e;

import java.util.List;

/** Makes rules of {@code http-request}, with conditions. */
final class RandomRequestRules {
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
    private static final List<String> FIELDS =
            List.of("x-a", "x-b", "x-new", "cookie", "X-Mixed", "host", "user-agent", "accept");
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

    private final RandomChoice choice;
    private final RandomEdits edits;
    private final String id;

    /** @param id what the names of this configuration end with */
    RandomRequestRules(RandomChoice choice, String id) {
        this.choice = choice;
        this.edits = new RandomEdits(choice);
        this.id = id;
    }

    /** @param isFrontend whether it may deny and capture */
    String rule(boolean isFrontend) {
        return "http-request " + action(isFrontend) + condition();
    }

    String condition() {
        return edits.condition(CONDITIONS);
    }

    private String action(boolean isFrontend) {
        return switch (choice.below(34)) {
            case 0, 1 -> "set-header " + choice.one(FIELDS) + " " + choice.one(TEXTS);
            case 2 -> "add-header " + choice.one(FIELDS) + " " + choice.one(TEXTS);
            case 3 -> "del-header " + choice.one(FIELDS);
            case 4 ->
                "del-header " + choice.one("x-m", "x-a", "-a", "'^x-[bm]'") + " -m "
                        + choice.one("beg", "end", "sub", "str", "reg");
            case 5 -> "replace-header " + choice.one(FIELDS) + " " + edits.replacing();
            case 6 -> "replace-value " + choice.one(FIELDS) + " " + edits.replacing();
            case 7 -> "set-path " + choice.one("/new", "%[path]/x", "/%[req.hdr(x-a),url_enc]", "/p?q", "//d");
            case 8 -> "set-pathq " + choice.one("/n?%[query]", "%[pathq]", "/x");
            case 9 -> "set-query " + choice.one("a=b", "%[query]&x", "\"\"", "?z");
            case 10 -> "set-uri " + choice.one("/u", "http://h.example/u?x", "%[url]");
            case 11 -> "replace-path " + choice.one(RandomEdits.PATTERNS) + " " + choice.one(TARGET_REPLACEMENTS);
            case 12 -> "replace-pathq " + choice.one(RandomEdits.PATTERNS) + " " + choice.one(TARGET_REPLACEMENTS);
            case 13 -> "replace-uri " + choice.one(RandomEdits.PATTERNS) + " " + choice.one(TARGET_REPLACEMENTS);
            case 14, 15 -> "normalize-uri " + choice.one(NORMALIZERS);
            case 16 -> choice.one("disable-l7-retry", "set-timeout server 10s");
            case 17 ->
                "set-var(txn.a) "
                        + choice.one(
                                "path", "req.hdr(x-a)", "str(x)", "int(3)", "method", "src", "req.cook(sid),upper");
            case 18 ->
                "set-var(txn.n) " + choice.one("int(2)", "req.hdr_cnt(x-a)", "var(txn.n),add(1)", "req.body_len");
            case 19 -> "set-var-fmt(txn.a) " + choice.one(TEXTS);
            case 20 -> "unset-var(txn.a)";
            case 21 ->
                isFrontend
                        ? "capture " + choice.one("req.hdr(x-a)", "path", "method", "src", "url") + " len "
                                + choice.one("3", "20")
                        : "set-nice 3";
            case 22 -> "set-log-level " + choice.one("info", "debug", "err");
            case 23 ->
                "track-sc" + choice.one("0", "1") + " "
                        + choice.one("src table st", "path table sp", "hdr(x-a) table sp") + id;
            case 24 -> choice.one("sc-inc-gpc0(0)", "sc-set-gpt0(0) 5", "set-timeout server 10s", "disable-l7-retry");
            case 25 -> "set-header x-sc %[sc0_get_gpc0]/%[sc0_get_gpt0]/%[sc1_http_req_cnt]/%[sc0_tracked]";
            case 26 -> choice.one("wait-for-body time 10s", "set-priority-class int(1)");
            case 27 -> "early-hint Link " + choice.one("\"<a>\"", "%[path]");
            case 28 -> "strict-mode " + choice.one("on", "off");
            case 29, 30 -> isFrontend ? choice.one(DENIALS) : "allow";
            case 31 -> choice.one(ANSWERING);
            default -> "redirect " + choice.one(REDIRECTIONS);
        };
    }
}
