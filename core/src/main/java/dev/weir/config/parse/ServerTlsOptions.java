package dev.weir.config.parse;

/** Options of {@code server} lines about TLS to the server: known by name, and refused. */
final class ServerTlsOptions {
    private static final String[] NAMES = {
        "ssl",
        "no-ssl",
        "allow-0rtt",
        "alpn",
        "ca-file",
        "check-alpn",
        "check-sni",
        "check-ssl",
        "no-check-ssl",
        "ciphers",
        "ciphersuites",
        "client-sigalgs",
        "crl-file",
        "crt",
        "curves",
        "force-sslv3",
        "force-tlsv10",
        "force-tlsv11",
        "force-tlsv12",
        "force-tlsv13",
        "no-ssl-reuse",
        "no-sslv3",
        "no-tls-tickets",
        "no-tlsv10",
        "no-tlsv11",
        "no-tlsv12",
        "no-tlsv13",
        "npn",
        "send-proxy-v2-ssl",
        "no-send-proxy-v2-ssl",
        "send-proxy-v2-ssl-cn",
        "no-send-proxy-v2-ssl-cn",
        "sigalgs",
        "sni",
        "ssl-max-ver",
        "ssl-min-ver",
        "ssl-reuse",
        "tls-tickets",
        "verify",
        "verifyhost",
        "renegotiate",
        "no-renegotiate"
    };

    private ServerTlsOptions() {}

    static void fill(KeywordTable<ServerDraft> table) {
        table.known(Topic.TLS, NAMES);
    }
}
