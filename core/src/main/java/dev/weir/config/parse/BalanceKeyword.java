package dev.weir.config.parse;

import dev.weir.config.model.BackendSettings.HashAffinity;
import dev.weir.config.model.BalanceLine;
import dev.weir.config.model.BalanceLine.Algorithm;
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
            case "uri", "url_param", "hdr", "rdp-cookie", "log-hash", "sticky" -> {
                line.alert("'balance " + name + "' is a HAProxy keyword that this version of Weir does not support ("
                        + (name.equals("log-hash") || name.equals("sticky") ? Topic.LOGGING : Topic.HTTP).description()
                        + ")");
                line.rest();
            }
            default -> plain(proxy, word, line);
        }
    }

    private static void plain(ProxyDraft proxy, String name, Line line) {
        for (var algorithm : Algorithm.values()) {
            if (algorithm.keyword().equals(name)) {
                proxy.balance = new BalanceLine(line.at(), algorithm, 0, List.of());
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
        proxy.balance = new BalanceLine(line.at(), Algorithm.RANDOM, (int) draws, List.of());
    }

    private static void hash(ProxyDraft proxy, Line line) {
        if (!line.hasNext()) {
            line.alert("'balance hash' requires a sample expression.");
            return;
        }
        proxy.balance = new BalanceLine(line.at(), Algorithm.HASH, 0, line.rest());
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
