package dev.weir.acl;

import dev.weir.sample.pattern.MatchMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names of tests that stand for a fetch and a method, such as {@code path_beg}. No state. */
final class Derivatives {
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

    private static final Map<String, Derivative> ALL = all();

    /** What a name stands for. */
    record Derivative(String fetch, MatchMethod method) {}

    private Derivatives() {}

    private static Map<String, Derivative> all() {
        Map<String, Derivative> all = new HashMap<>();
        FETCHES.forEach((prefix, fetch) ->
                METHODS.forEach(method -> all.put(prefix + '_' + method.text(), new Derivative(fetch, method))));
        return all;
    }

    /** Null if the name is none of them. */
    static Derivative of(String name) {
        return ALL.get(name);
    }
}
