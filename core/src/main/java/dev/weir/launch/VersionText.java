package dev.weir.launch;

import dev.weir.config.parse.Compatibility;

/** What {@code -v}, {@code -vv} and {@code --help} print. */
final class VersionText {
    private static final String[] MISSING = {
        "LUA", "OPENSSL", "PCRE2", "PROMEX", "QUIC", "SLZ", "SSL", "ZLIB", "DEVICEATLAS", "51DEGREES", "WURFL", "OT"
    };

    private VersionText() {}

    /** Weir's own version. */
    static String version() {
        String version = VersionText.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String brief() {
        return "Weir version " + version() + "\nHAProxy version " + Compatibility.VERSION + " compatible\n";
    }

    static String full() {
        var text = new StringBuilder(brief());
        text.append("Running on: ")
                .append(System.getProperty("os.name"))
                .append(' ')
                .append(System.getProperty("os.version"))
                .append(' ')
                .append(System.getProperty("os.arch"))
                .append('\n')
                .append("Build options :\n  TARGET  = linux-glibc\n  JAVA    = ")
                .append(System.getProperty("java.vm.name"))
                .append(' ')
                .append(Runtime.version())
                .append("\n\n")
                .append("Feature list :");
        for (String feature : Compatibility.FEATURES) {
            text.append(" +").append(feature);
        }
        for (String feature : MISSING) {
            text.append(" -").append(feature);
        }
        text.append("\n\nDefault settings :\n  bufsize = 16384\n\n")
                .append("Modes : tcp\nBuilt without TLS, compression and Lua.\n");
        return text.toString();
    }

    static String help() {
        return """
                Usage : weir -f <file or folder> [-f ...] [options]       with HAProxy's configuration language
                        weir --listen <addr> --to <addr>[,<addr>...]      without a configuration
                             [--mode tcp] [--balance <algorithm>] [--check]
                        weir demo                                         a balancer and three origins to play with
                        weir ctl [-s SOCKET] [COMMAND]                    asks the runtime API of a running proxy
                        weir explain -f <file> [METHOD] URL [-H FIELD]    which rules and which server a request would meet
                        -v displays version ; -vv shows build options ; --help shows this
                        -c check mode : only check config files and exit
                        -cc check condition : evaluate a condition and exit
                        -V enters verbose mode (disables quiet mode)
                        -q quiet mode : don't display messages
                        -D goes daemon ; -C changes to <dir> before loading files
                        -d stays in the foreground with debug messages ; -db only disables background mode
                        -W -Ws as HAProxy's master-worker mode, -Ws with systemd notify support (one process all the same)
                        -n sets the maximum total # of connections ; -N the default, per-proxy maximum #
                        -m limits the usable amount of memory (in MB)
                        -L set local peer name (default to hostname)
                        -p writes the pid to this file
                        -4 prefers IPv4 addresses
                        -dS disables splice usage ; -dR disables SO_REUSEPORT usage
                        -dr ignores server address resolution failures
                        -dW fails if any warning is emitted
                        -dD diagnostic mode : warn about suspicious configuration statements
                        -sf/-st [pid ]* finishes/terminates old pids
                        -x <unix_socket> get listening sockets from a unix socket
                        -S <bind>[,<bind options>...] master CLI
                """;
    }
}
