package dev.weir.config.parse;

/** Proxy keywords of HAProxy's that are refused, and those that HAProxy itself has removed. */
final class KnownProxyKeywords {
    private static final String[] DENY = {"reqdeny", "reqideny", "block"};
    private static final String[] REPLACE = {"reqrep", "reqirep"};

    private KnownProxyKeywords() {}

    static void fill(KeywordTable<ProxyDraft> table) {
        table.known(Topic.CHECKS, "external-check command", "external-check path");
        table.known(
                Topic.ALERTS,
                "email-alert from",
                "email-alert level",
                "email-alert mailers",
                "email-alert myhostname",
                "email-alert to");
        table.known(Topic.CACHE, "compression");
        table.known(Topic.RULES, "filter-sequence", "filter opentracing", "filter trace");
        table.known(Topic.CACHE, "filter cache", "filter comp-req", "filter comp-res", "filter compression");
        table.known(Topic.OFFLOAD, "filter fcgi-app", "filter spoe");
        table.known(Topic.OFFLOAD, "use-fcgi-app");
        table.known(Topic.TLS, "crt", "ssl-f-use");
        table.known(Topic.QUIC, "quic-initial");
        table.known(Topic.NETWORK, "dispatch", "transparent");
        removed(table);
    }

    private static void removed(KeywordTable<ProxyDraft> table) {
        table.removed("since HAProxy 1.6, use stick tables instead.", "appsession");
        table.removed("since HAProxy 2.1. Use 'http-request deny' instead.", DENY);
        table.removed(
                "since HAProxy 2.1. Use 'http-request replace-path', 'http-request replace-uri' or"
                        + " 'http-request replace-header' instead.",
                REPLACE);
        table.removed("since HAProxy 2.1. Use 'http-request del-header' instead.", "reqdel", "reqidel");
        table.removed("since HAProxy 2.1. Use 'http-request allow' instead.", "reqallow", "reqiallow");
        table.removed("since HAProxy 2.1. Use 'http-request tarpit' instead.", "reqtarpit", "reqitarpit");
        table.removed("since HAProxy 2.1. Use 'http-request add-header' instead.", "reqadd");
        table.removed("since HAProxy 2.1.", "reqpass", "reqipass", "reqsetbe", "reqisetbe");
        table.removed("since HAProxy 2.1. Use 'http-response replace-header' instead.", "rsprep", "rspirep");
        table.removed("since HAProxy 2.1. Use 'http-response del-header' instead.", "rspdel", "rspidel");
        table.removed("since HAProxy 2.1. Use 'http-response deny' instead.", "rspdeny", "rspideny");
        table.removed("since HAProxy 2.1. Use 'http-response add-header' instead.", "rspadd");
        table.removed("since HAProxy 2.1. Use 'option redispatch'.", "redispatch");
        table.removed("since HAProxy 2.1. Use 'timeout client'.", "clitimeout");
        table.removed("since HAProxy 2.1. Use 'timeout connect'.", "contimeout");
        table.removed("since HAProxy 2.1. Use 'timeout server'.", "srvtimeout");
        table.removed("since HAProxy 2.1. Use 'http-request set-header X-Forwarded-For' rules.", "cliexp", "srvexp");
        table.removed("since HAProxy 2.5. Use 'nbthread' and 'thread' on 'bind' lines.", "bind-process");
        table.removed("since HAProxy 1.9. Use 'http-request return status 200 if { src <network> }'.", "monitor-net");
    }
}
