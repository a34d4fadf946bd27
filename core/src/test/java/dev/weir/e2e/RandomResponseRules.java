package dev.weir.e2e;

import java.util.List;

/** Makes rules of {@code http-response} and {@code http-after-response}, with conditions. */
final class RandomResponseRules {
    private static final List<String> CONDITIONS = List.of(
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
            List.of("x-r", "server", "set-cookie", "x-new", "content-type", "location", "vary", "etag");

    private final RandomChoice choice;
    private final RandomEdits edits;
    private final String id;

    /** @param id what the names of this configuration end with */
    RandomResponseRules(RandomChoice choice, String id) {
        this.choice = choice;
        this.edits = new RandomEdits(choice);
        this.id = id;
    }

    /** On responses of servers. */
    String rule() {
        return "http-response " + (choice.isChance(75) ? edit() : ending()) + condition();
    }

    /** On all responses. */
    String ruleOnAll() {
        return "http-after-response " + edit() + condition();
    }

    private String condition() {
        return edits.condition(CONDITIONS);
    }

    /** On responses of servers, or on all. */
    private String edit() {
        return switch (choice.below(12)) {
            case 0, 1 -> "set-header " + choice.one(FIELDS) + " " + choice.one(TEXTS);
            case 2 -> "add-header " + choice.one(FIELDS) + " " + choice.one(TEXTS);
            case 3 -> "del-header " + choice.one(FIELDS);
            case 4 ->
                choice.one("replace-header ", "replace-value ") + choice.one(FIELDS) + " "
                        + edits.replacingByConstants();
            case 5 -> "set-status " + choice.one("201", "404 reason \"My reason\"", "503", "299", "200 reason OKAY");
            case 6 -> "set-var(txn.a) " + choice.one("status", "res.hdr(x-r)", "str(r)", "res.hdr_cnt(x-r)");
            case 7 -> choice.one("unset-var(txn.a)", "set-log-level debug", "allow");
            case 8 -> "set-var-fmt(txn.a) " + choice.one(TEXTS);
            case 9 -> "strict-mode " + choice.one("on", "off");
            case 10 ->
                "del-header " + choice.one("x-", "-r", "'^x-[er]'") + " -m " + choice.one("beg", "end", "sub", "reg");
            default -> "capture res.hdr(x-r) id 0";
        };
    }

    /** On responses of servers only. */
    private String ending() {
        return choice.one(
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
}
