package dev.weir.cli.command;

import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.Anonymity;
import dev.weir.proxy.SessionRow;
import dev.weir.server.AddressText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A session as HAProxy shows one: the same names in the same order. Flags, tasks, masks and descriptors of HAProxy's inside are 0, -1
 * or missing. One thread.
 */
record SessionText(Anonymity anonymity, StringBuilder out) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneId.systemDefault());
    private static final long SECOND_NS = 1_000_000_000L;

    /** One line. */
    void brief(SessionRow row, boolean showsUri) {
        out.append(id(row))
                .append(": proto=")
                .append(protocol(row.client))
                .append(" src=")
                .append(name(row.client));
        out.append(" fe=").append(anonymity.word(row.frontend.name()));
        out.append(" be=").append(row.backend == null ? "<NONE>" : anonymity.word(row.backend.name()));
        out.append(" srv=").append(row.server == null ? "<none>" : anonymity.word(row.server.name()));
        out.append(" ts=00 epoch=0 age=").append(age(row)).append(" calls=0 rate=0 cpu=0 lat=0");
        out.append(" rq[f=0h,i=").append(row.heldIn).append(",an=00h,ax=]");
        out.append(" rp[f=0h,i=").append(row.heldOut).append(",an=00h,ax=]");
        out.append(" scf=[8,0h,fd=-1,rex=,wex=] scb=[")
                .append(row.server == null ? 0 : 8)
                .append(",0h,fd=-1,rex=,wex=]");
        out.append(" exp= rc=").append(row.retries).append(" c_exp=");
        if (showsUri && row.target != null) {
            out.append(" uri=\"")
                    .append(row.method)
                    .append(' ')
                    .append(anonymity.word(row.target))
                    .append('"');
        }
        out.append('\n');
    }

    /** Several lines. */
    void full(SessionRow row) {
        String since = DATE.format(Instant.now().minusNanos(row.ageNs));
        out.append(id(row)).append(": [").append(since).append("] id=").append(row.number);
        out.append(" proto=")
                .append(protocol(row.client))
                .append(" source=")
                .append(name(row.client))
                .append('\n');
        out.append("  flags=0x0, conn_retries=").append(row.retries).append(", conn_exp=<NEVER> age=");
        out.append(age(row)).append('\n');
        out.append("  frontend=")
                .append(anonymity.word(row.frontend.name()))
                .append(" (id=")
                .append(row.frontend.id());
        out.append(" mode=").append(row.frontend.mode()).append("), listener=");
        out.append(row.listener == null ? "?" : anonymity.word(row.listener))
                .append(" addr=")
                .append(name(row.local))
                .append('\n');
        backend(row);
        if (row.target != null) {
            out.append("  txn meth=")
                    .append(row.method)
                    .append(" uri=")
                    .append(anonymity.word(row.target))
                    .append('\n');
        }
        out.append("  req (held=")
                .append(row.heldIn)
                .append(" total=")
                .append(row.bytesIn)
                .append(")\n");
        out.append("  res (held=")
                .append(row.heldOut)
                .append(" total=")
                .append(row.bytesOut)
                .append(")\n");
    }

    private void backend(SessionRow row) {
        if (row.backend == null) {
            out.append("  backend=<NONE> (id=-1 mode=-)\n");
        } else {
            out.append("  backend=")
                    .append(anonymity.word(row.backend.name()))
                    .append(" (id=")
                    .append(row.backend.id());
            out.append(" mode=").append(row.backend.mode()).append(")\n");
        }
        if (row.server == null) {
            out.append("  server=<NONE> (id=-1)\n");
        } else {
            out.append("  server=")
                    .append(anonymity.word(row.server.name()))
                    .append(" (id=")
                    .append(row.server.id());
            out.append(") addr=").append(serverAddress(row)).append('\n');
        }
    }

    /** The port stays: it tells nobody where. */
    private String serverAddress(SessionRow row) {
        String text = row.server.addressText();
        int colon = text.lastIndexOf(':');
        return colon < 0 ? anonymity.word(text) : anonymity.word(text.substring(0, colon)) + text.substring(colon);
    }

    private static String id(SessionRow row) {
        return "0x" + Long.toHexString(row.number);
    }

    /** {@code 1h2m}, {@code 2m5s}, {@code 3s}. */
    static String age(SessionRow row) {
        long seconds = row.ageNs / SECOND_NS;
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        long hours = minutes / 60;
        return hours == 0
                ? minutes + "m" + seconds % 60 + "s"
                : hours < 24 ? hours + "h" + minutes % 60 + "m" : hours / 24 + "d" + hours % 24 + "h";
    }

    private static String protocol(SocketName name) {
        return switch (name.family()) {
            case IPV4 -> "tcpv4";
            case IPV6 -> "tcpv6";
            case UNIX -> "unix_stream";
            case NONE -> "none";
        };
    }

    private String name(SocketName name) {
        return switch (name.family()) {
            case IPV4, IPV6 -> anonymity.word(AddressText.of(name)) + ":" + name.port();
            case UNIX -> "unix:1";
            case NONE -> "?";
        };
    }
}
