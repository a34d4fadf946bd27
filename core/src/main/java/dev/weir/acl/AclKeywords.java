package dev.weir.acl;

import dev.weir.sample.pattern.MatchMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names of tests that say how a fetch is compared, such as {@code path_beg} or {@code payload}. No state. */
final class AclKeywords {
    /** What the names with a method behind them start with, and the fetch that they stand for. */
    private static final Map<String, String> FETCHES = Map.of(
            "base", "base",
            "cook", "req.cook",
            "hdr", "req.hdr",
            "path", "path",
            "scook", "res.cook",
            "shdr", "res.hdr",
            "url", "url",
            "urlp", "url_param");

    private static final List<MatchMethod> METHODS = List.of(
            MatchMethod.BEG,
            MatchMethod.DIR,
            MatchMethod.DOM,
            MatchMethod.END,
            MatchMethod.LEN,
            MatchMethod.REG,
            MatchMethod.SUB);

    private static final Map<String, AclKeyword> ALL = all();

    /**
     * What a name stands for.
     *
     * @param isVersion whether patterns are versions such as {@code 3.1}
     */
    record AclKeyword(String fetch, MatchMethod method, boolean isVersion) {
        AclKeyword(String fetch, MatchMethod method) {
            this(fetch, method, false);
        }
    }

    private AclKeywords() {}

    private static Map<String, AclKeyword> all() {
        Map<String, AclKeyword> all = new HashMap<>();
        FETCHES.forEach((prefix, fetch) -> {
            all.put(prefix, new AclKeyword(fetch, MatchMethod.STR));
            METHODS.forEach(method -> all.put(prefix + '_' + method.text(), new AclKeyword(fetch, method)));
        });
        all.put("http_auth_group", new AclKeyword("http_auth_group", MatchMethod.STR));
        all.put("method", new AclKeyword("method", MatchMethod.METH));
        all.put("payload", new AclKeyword("req.payload", MatchMethod.BIN));
        all.put("payload_lv", new AclKeyword("req.payload_lv", MatchMethod.BIN));
        all.put("req_rdp_cookie", new AclKeyword("req.rdp_cookie", MatchMethod.STR));
        all.put("req_rdp_cookie_cnt", new AclKeyword("req.rdp_cookie_cnt", MatchMethod.INT));
        all.put("req_ssl_sni", new AclKeyword("req.ssl_sni", MatchMethod.STR));
        all.put("req_ssl_ver", new AclKeyword("req.ssl_ver", MatchMethod.INT, true));
        all.put("req.ssl_ver", new AclKeyword("req.ssl_ver", MatchMethod.INT, true));
        all.put("req_ver", new AclKeyword("req.ver", MatchMethod.STR));
        all.put("resp_ver", new AclKeyword("res.ver", MatchMethod.STR));
        all.put("ssl_fc_sni_end", new AclKeyword("ssl_fc_sni", MatchMethod.END));
        all.put("ssl_fc_sni_reg", new AclKeyword("ssl_fc_sni", MatchMethod.REG));
        return all;
    }

    /** Null if the name is none of them. */
    static AclKeyword of(String name) {
        return ALL.get(name);
    }
}
