package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.AddressSpec.Family;
import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.AddressSpec.PortForm;
import dev.weir.sample.Quantity;

/**
 * Reads addresses in all forms of HAProxy's. Variables are expanded here too, quotes or not, since HAProxy does so. One object
 * per address; after a failure {@link #error} says why.
 */
public final class AddressParser {
    /** What is allowed of ports. */
    public enum Ports {
        /** {@code bind}: one, or a range, from 1. */
        RANGE,
        /** {@code server}: one, none or a shift. */
        OF_SERVER,
        /** One or none. */
        OPTIONAL,
        /** None. */
        NONE,
        /** {@code source}: one, none, a range. */
        OF_SOURCE,
        /** {@code nameserver}: one, from 1; it may be UDP's. */
        OF_NAME_SERVER
    }

    private final String text;
    private final Ports ports;
    private String error;
    private boolean isStream;

    public AddressParser(String text, Ports ports, Environment environment) {
        this.text = expandAll(text, environment);
        this.ports = ports;
    }

    /** The end of a message, null if all is well. */
    public String error() {
        return error;
    }

    /** Whether the address of a name server was said to be TCP's. */
    boolean isStream() {
        return isStream;
    }

    /** Any kind, null after a failure. */
    public AddressSpec parse() {
        int prefixEnd = text.indexOf('@');
        String prefix = prefixEnd < 0 || text.startsWith("/") ? "" : text.substring(0, prefixEnd);
        String rest = prefix.isEmpty() ? text : text.substring(prefixEnd + 1);
        isStream = prefix.startsWith("tcp") || prefix.startsWith("stream+");
        return switch (ports == Ports.OF_NAME_SERVER ? withoutDatagrams(prefix) : prefix) {
            case "" -> rest.startsWith("/") ? unix(rest) : inet(Family.ANY, rest);
            case "ip", "tcp", "stream+ip" -> inet(Family.ANY, rest);
            case "ipv4", "tcp4", "stream+ipv4" -> inet(Family.IPV4, rest);
            case "ipv6", "tcp6", "stream+ipv6" -> inet(Family.IPV6, rest);
            case "unix", "uxst", "stream+unix" -> unix(rest);
            case "abns", "stream+abns" -> abstractName(rest);
            case "fd" -> descriptor(rest);
            case "abnsz",
                    "stream+abnsz",
                    "sockpair",
                    "rhttp",
                    "udp",
                    "udp4",
                    "udp6",
                    "uxdg",
                    "quic4",
                    "quic6",
                    "quic+ip",
                    "quic+ipv4",
                    "quic+ipv6",
                    "mptcp",
                    "mptcp4",
                    "mptcp6",
                    "dgram+ip",
                    "dgram+ipv4",
                    "dgram+ipv6",
                    "dgram+unix",
                    "ring" ->
                fail("address family '" + prefix + "@' is not supported by this version of Weir in '" + text + "'");
            default -> fail("unknown address prefix '" + prefix + "@' in '" + text + "'");
        };
    }

    /** Families of a name server's address say UDP unless they say TCP. */
    private static String withoutDatagrams(String prefix) {
        return switch (prefix) {
            case "udp", "dgram+ip" -> "ip";
            case "udp4", "dgram+ipv4" -> "ipv4";
            case "udp6", "dgram+ipv6" -> "ipv6";
            default -> prefix;
        };
    }

    /** Host and port only, null after a failure. */
    Inet parseInet() {
        AddressSpec address = parse();
        if (address instanceof Inet inet) {
            return inet;
        }
        if (address != null) {
            fail("an IP address or a name is expected instead of '" + text + "'");
        }
        return null;
    }

    private AddressSpec unix(String path) {
        if (path.isEmpty()) {
            return fail("missing socket path in '" + text + "'");
        }
        return path.length() > 107
                ? fail("socket path '" + path + "' too long (max 107)")
                : new AddressSpec.Unix(text, path);
    }

    private AddressSpec abstractName(String name) {
        if (name.isEmpty()) {
            return fail("missing socket name in '" + text + "'");
        }
        return name.length() > 107
                ? fail("socket name '" + name + "' too long (max 107)")
                : new AddressSpec.Abstract(text, name);
    }

    private AddressSpec descriptor(String number) {
        long fd = Quantity.integer(number);
        if (fd < 0 || fd > Integer.MAX_VALUE) {
            return fail("file descriptor '" + number + "' is not a valid integer in '" + text + "'");
        }
        return new AddressSpec.Inherited(text, (int) fd);
    }

    private AddressSpec inet(Family family, String rest) {
        int colon = rest.length() - 1;
        while (colon >= 0 && rest.charAt(colon) != ':' && rest.charAt(colon) != ']') {
            colon--;
        }
        boolean hasPort = colon >= 0 && rest.charAt(colon) == ':';
        String host = hasPort ? rest.substring(0, colon) : rest;
        String port = hasPort ? rest.substring(colon + 1) : "";
        if (host.length() > 1 && host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return withPort(family, host.equals("*") ? "" : host, port);
    }

    private AddressSpec withPort(Family family, String host, String port) {
        if (port.isEmpty()) {
            return ports == Ports.RANGE || ports == Ports.OF_NAME_SERVER
                    ? fail("missing port specification in '" + text + "'")
                    : new Inet(text, family, host, PortForm.OF_CLIENT, 0, 0);
        }
        if (ports == Ports.NONE) {
            return fail("port specification not permitted here in '" + text + "'");
        }
        if (port.charAt(0) == '+' || port.charAt(0) == '-') {
            return shifted(family, host, port);
        }
        int dash = port.indexOf('-');
        return dash < 0 ? fixed(family, host, port, port) : range(family, host, port, dash);
    }

    private AddressSpec shifted(Family family, String host, String port) {
        if (ports != Ports.OF_SERVER) {
            return fail("port offset not permitted here in '" + text + "'");
        }
        long shift = Quantity.integer(port.substring(1));
        if (shift < 0 || shift > 65535) {
            return fail("invalid port '" + port + "' in '" + text + "'");
        }
        int signed = (int) (port.charAt(0) == '-' ? -shift : shift);
        return new Inet(text, family, host, PortForm.SHIFTED, signed, signed);
    }

    private AddressSpec range(Family family, String host, String port, int dash) {
        if (ports != Ports.RANGE && ports != Ports.OF_SOURCE) {
            return fail("port range not permitted here in '" + text + "'");
        }
        return fixed(family, host, port.substring(0, dash), port.substring(dash + 1));
    }

    private AddressSpec fixed(Family family, String host, String firstText, String lastText) {
        int first = port(firstText);
        int last = port(lastText);
        if (first < 0 || last < 0) {
            return null;
        }
        if (last < first) {
            return fail("invalid port range '" + first + "-" + last + "'");
        }
        if ((ports == Ports.RANGE || ports == Ports.OF_NAME_SERVER) && first == 0) {
            return fail("invalid port '0'");
        }
        return new Inet(text, family, host, PortForm.FIXED, first, last);
    }

    private int port(String number) {
        long port = Quantity.integer(number);
        if (port == Quantity.MALFORMED) {
            fail("invalid character '" + Quantity.offender(number) + "' in port number '" + number + "' in '" + text
                    + "'");
            return -1;
        }
        if (port < 0 || port > 65535) {
            fail("invalid port '" + number + "'");
            return -1;
        }
        return (int) port;
    }

    private AddressSpec fail(String message) {
        error = message;
        return null;
    }

    /** The text with its variables replaced. */
    static String expandAll(String text, Environment environment) {
        return text.indexOf('$') < 0 ? text : expand(text, environment);
    }

    /** Replaces {@code $NAME} and <code>${NAME}</code>; what is not set becomes nothing. */
    private static String expand(String text, Environment environment) {
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '$') {
                out.append(c);
                continue;
            }
            boolean hasBrace = at < text.length() && text.charAt(at) == '{';
            int nameAt = hasBrace ? at + 1 : at;
            int end = nameAt;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            String value = environment.get(text.substring(nameAt, end));
            out.append(value == null ? "" : value);
            at = hasBrace && end < text.length() && text.charAt(end) == '}' ? end + 1 : end;
        }
        return out.toString();
    }
}
