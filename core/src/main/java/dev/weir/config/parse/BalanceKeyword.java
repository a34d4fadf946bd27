package dev.weir.config.parse;

import dev.weir.config.model.BackendSettings.HashAffinity;
import dev.weir.config.model.BalanceLine;
import dev.weir.config.model.BalanceLine.Algorithm;
import dev.weir.config.model.BalanceLine.Part;
import dev.weir.config.model.HashType;
import dev.weir.config.model.HashType.Function;
import dev.weir.sample.Quantity;
import java.util.List;

/** {@code balance} and the {@code hash-*} keywords of backends; the line stands behind the keyword. */
final class BalanceKeyword {
    private static final String NAMES = "'roundrobin', 'static-rr', 'leastconn', 'source', 'uri', 'url_param', 'hash',"
            + " 'hdr(name)', 'rdp-cookie(name)', 'log-hash' and 'sticky'";

    private BalanceKeyword() {}

    static void balance(ProxyDraft proxy, Line line) {
        String word = line.hasNext() ? line.next() : "roundrobin";
        int parenthesis = word.indexOf('(');
        String name = parenthesis < 0 ? word : word.substring(0, parenthesis);
        switch (name) {
            case "random" -> random(proxy, word, parenthesis, line);
            case "hash" -> hash(proxy, line);
            case "uri" -> uri(proxy, line);
            case "url_param" -> urlParameter(proxy, line);
            case "hdr" -> header(proxy, word, line);
            case "rdp-cookie" -> rdpCookie(proxy, word, line);
            case "log-hash", "sticky" -> {
                line.alert("'balance " + name + "' is a HAProxy keyword that this version of Weir does not support ("
                        + Topic.LOGGING.description() + ")");
                line.rest();
            }
            default -> plain(proxy, word, line);
        }
    }

    private static void plain(ProxyDraft proxy, String name, Line line) {
        for (var algorithm : Algorithm.values()) {
            if (algorithm.keyword().equals(name)) {
                proxy.balance = BalanceLine.plain(line.at(), algorithm);
                return;
            }
        }
        var nearest = new Nearest(name);
        for (var algorithm : Algorithm.values()) {
            nearest.offer(algorithm.keyword());
        }
        line.alert("balance only supports " + NAMES + " options (got '" + name + "')" + nearest.hint());
        line.rest();
    }

    private static void random(ProxyDraft proxy, String word, int parenthesis, Line line) {
        long draws = 2;
        if (parenthesis >= 0) {
            draws = word.endsWith(")")
                    ? Quantity.integer(word.substring(parenthesis + 1, word.length() - 1))
                    : Quantity.MALFORMED;
        }
        if (draws < 1 || draws > 1000) {
            line.alert("'balance " + word + "' : random : number of draws must be at least 1.");
            return;
        }
        proxy.balance = new BalanceLine(line.at(), Algorithm.RANDOM, (int) draws, List.of(), "", Part.ALL);
    }

    private static void hash(ProxyDraft proxy, Line line) {
        if (!line.hasNext()) {
            line.alert("'balance hash' requires a sample expression.");
            return;
        }
        proxy.balance = new BalanceLine(line.at(), Algorithm.HASH, 0, line.rest(), "", Part.ALL);
    }

    private static void uri(ProxyDraft proxy, Line line) {
        int length = 0;
        int depth = 0;
        boolean isWhole = false;
        boolean isPathOnly = false;
        while (line.hasNext()) {
            String word = line.next();
            switch (word) {
                case "len" -> length = positive(line, word);
                case "depth" -> depth = positive(line, word);
                case "whole" -> isWhole = true;
                case "path-only" -> isPathOnly = true;
                default -> {
                    line.alert("balance uri only accepts parameters 'len', 'depth', 'path-only', and 'whole' (got '"
                            + word + "').");
                    line.rest();
                    return;
                }
            }
        }
        keyed(proxy, line, Algorithm.URI, "", new Part(length, depth, isWhole, isPathOnly, false));
    }

    private static int positive(Line line, String word) {
        String text = line.next();
        long value = text.isEmpty() ? 0 : Quantity.integer(text);
        if (value <= 0 || value > Integer.MAX_VALUE) {
            line.alert("balance uri : '" + word + "' expects a positive integer (got '" + text + "').");
            return 0;
        }
        return (int) value;
    }

    private static void urlParameter(ProxyDraft proxy, Line line) {
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("balance url_param requires an URL parameter name.");
        } else if (!line.accept("check_post") && line.hasNext()) {
            line.alert("balance url_param only accepts 'check_post' modifier (got '" + line.next() + "').");
            line.rest();
        } else {
            keyed(proxy, line, Algorithm.URL_PARAM, name, Part.ALL);
        }
    }

    private static void header(ProxyDraft proxy, String word, Line line) {
        String name = parenthesised(word, "hdr");
        boolean isDomainOnly = line.accept("use_domain_only");
        if (name.isEmpty()) {
            line.alert("balance hdr requires an http header field name: 'hdr(<name>)'.");
            line.rest();
        } else if (line.hasNext()) {
            line.alert(
                    "balance hdr(" + name + ") only accepts 'use_domain_only' modifier (got '" + line.next() + "').");
            line.rest();
        } else {
            keyed(proxy, line, Algorithm.HDR, name, new Part(0, 0, false, false, isDomainOnly));
        }
    }

    private static void rdpCookie(ProxyDraft proxy, String word, Line line) {
        String name = word.equals("rdp-cookie") ? "mstshash" : parenthesised(word, "rdp-cookie");
        if (name.isEmpty()) {
            line.alert("balance rdp-cookie : missing cookie name.");
        } else {
            keyed(proxy, line, Algorithm.RDP_COOKIE, name, Part.ALL);
        }
    }

    private static String parenthesised(String word, String name) {
        return word.startsWith(name + '(') && word.endsWith(")")
                ? word.substring(name.length() + 1, word.length() - 1)
                : "";
    }

    private static void keyed(ProxyDraft proxy, Line line, Algorithm algorithm, String name, Part part) {
        proxy.balance = new BalanceLine(line.at(), algorithm, 0, List.of(), name, part);
    }

    static void hashType(ProxyDraft proxy, Line line) {
        String method = line.next();
        if (!method.equals("consistent") && !method.equals("map-based")) {
            line.alert(
                    method.equals("avalanche")
                            ? "experimental feature 'hash-type avalanche' is not supported anymore, please use 'hash-type map-based"
                                    + " sdbm avalanche' instead."
                            : "'hash-type' only supports 'consistent' and 'map-based' as method (got '" + method
                                    + "').");
            line.rest();
            return;
        }
        boolean isConsistent = method.equals("consistent");
        if (!line.hasNext()) {
            proxy.hashType = new HashType(isConsistent, Function.SDBM, isConsistent);
            return;
        }
        Function function = function(line);
        boolean hasAvalanche = line.accept("avalanche");
        if (!hasAvalanche && line.hasNext()) {
            line.alert("'hash-type' only supports 'avalanche' as modifier (got '" + line.peek() + "').");
            line.rest();
        }
        if (function != null) {
            proxy.hashType = new HashType(isConsistent, function, hasAvalanche);
        }
    }

    private static Function function(Line line) {
        String name = line.next();
        return switch (name) {
            case "sdbm" -> Function.SDBM;
            case "djb2" -> Function.DJB2;
            case "wt6" -> Function.WT6;
            case "crc32" -> Function.CRC32;
            case "none" -> Function.NONE;
            default -> {
                line.alert("'hash-type' only supports 'sdbm', 'djb2', 'crc32', 'wt6' and 'none' as function (got '"
                        + name + "').");
                yield null;
            }
        };
    }

    static void factor(ProxyDraft proxy, Line line) {
        int factor = line.integer(0, Integer.MAX_VALUE, 0);
        if (factor != 0 && factor <= 100) {
            line.alertSubject("must be 0 or greater than 100.");
            return;
        }
        proxy.hashBalanceFactorPercent = factor;
    }

    static void affinity(ProxyDraft proxy, Line line) {
        String text = line.next();
        switch (text) {
            case "always" -> proxy.affinity = HashAffinity.ALWAYS;
            case "maxconn" -> proxy.affinity = HashAffinity.MAXCONN;
            case "maxqueue" -> proxy.affinity = HashAffinity.MAXQUEUE;
            default -> line.alertSubject("expects 'always', 'maxconn' or 'maxqueue' but got '" + text + "'.");
        }
    }
}
