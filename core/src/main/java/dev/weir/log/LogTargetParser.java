package dev.weir.log;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import dev.weir.stream.LogLevel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Parses {@code <address> [len n] [format f] [sample r:s] [profile p] <facility> [max [min]]}. Stateless; any thread. */
public final class LogTargetParser {
    private static final int SYSLOG_PORT = 514;

    /** What stands in the line before the facility. */
    private int length;

    private LineHeader header;
    private SampleRanges sample;
    private String profile = "";

    private LogTargetParser() {}

    /** @param sendsHostName whether {@code log-send-hostname} makes rfc3164 the default format */
    public static LogTarget parse(Words words, boolean sendsHostName) throws ParseProblem {
        return new LogTargetParser().run(words, sendsHostName);
    }

    private LogTarget run(Words words, boolean sendsHostName) throws ParseProblem {
        String address = words.require("log address");
        LogTarget.Opener opener = opener(address);
        length = LogTarget.LENGTH_DEFAULT;
        header = sendsHostName ? LineHeader.RFC3164 : LineHeader.LOCAL;
        while (option(words)) {
            // each call takes one option
        }
        Facility facility = facility(words.require("log facility"));
        int levelMax = words.hasNext() ? level(words.next()) : LogLevel.DEBUG.ordinal();
        int levelMin = words.hasNext() ? level(words.next()) : LogLevel.EMERG.ordinal();
        if (words.hasNext()) {
            throw new ParseProblem("cannot handle unexpected argument '%s'.", words.peek());
        }
        return new LogTarget(address, opener, header, facility, levelMax, levelMin, sample, length, profile);
    }

    private boolean option(Words words) throws ParseProblem {
        switch (words.peek()) {
            case "len" -> {
                words.next();
                length = length(words.require("length after 'len'"));
            }
            case "format" -> {
                words.next();
                header = header(words.require("format after 'format'"));
            }
            case "sample" -> {
                words.next();
                sample = SampleRanges.parse(words.require("ranges after 'sample'"));
            }
            case "profile" -> {
                words.next();
                profile = words.require("name after 'profile'");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int length(String text) throws ParseProblem {
        if (!text.matches("[0-9]{1,6}")
                || Integer.parseInt(text) < 80
                || Integer.parseInt(text) > LogRecord.BYTES_MAX) {
            throw new ParseProblem("invalid log length '%s': must be from 80 to 65535", text);
        }
        return Integer.parseInt(text);
    }

    private static LineHeader header(String text) throws ParseProblem {
        LineHeader found = LineHeader.of(text);
        if (found == null) {
            throw new ParseProblem("unknown log format '%s'", text);
        }
        return found;
    }

    private static Facility facility(String text) throws ParseProblem {
        Facility found = Facility.of(text);
        if (found == null) {
            throw new ParseProblem("unknown log facility '%s'", text);
        }
        return found;
    }

    private static int level(String text) throws ParseProblem {
        LogLevel found = LogLevel.of(text);
        if (found == null || found == LogLevel.SILENT) {
            throw new ParseProblem("unknown optional log level '%s'", text);
        }
        return found.ordinal();
    }

    private static LogTarget.Opener opener(String address) throws ParseProblem {
        if (address.equals("stdout")) {
            return LogSinks::standardOutput;
        }
        if (address.equals("stderr")) {
            return LogSinks::standardError;
        }
        if (address.startsWith("fd@")) {
            int fd = descriptor(address.substring(3));
            return () ->
                    fd == 1 ? LogSinks.standardOutput() : fd == 2 ? LogSinks.standardError() : LogSinks.descriptor(fd);
        }
        if (address.matches("(ring|backend|tcp|tcp4|tcp6|uxst|stream\\+[a-z0-9]+)@.*")) {
            throw new ParseProblem(
                    "log target '%s' is known but not supported by this version: use UDP, a UNIX datagram socket, fd@N,"
                            + " stdout or stderr",
                    address);
        }
        return socket(address);
    }

    private static LogTarget.Opener socket(String address) throws ParseProblem {
        if (address.startsWith("/") || address.matches("(unix|uxdg)@.*")) {
            String path = address.substring(address.indexOf('@') + 1);
            return () -> LogSinks.unixDatagram(path);
        }
        if (address.startsWith("abns@")) {
            String name = "\0" + address.substring(5);
            return () -> LogSinks.unixDatagram(name);
        }
        String plain = address.replaceFirst("^(udp|udp4|udp6|ip|ipv4|ipv6|dgram\\+[a-z0-9]+)@", "");
        InetSocketAddress target = internet(plain);
        return () -> LogSinks.datagram(target);
    }

    private static int descriptor(String text) throws ParseProblem {
        if (!text.matches("[0-9]{1,6}")) {
            throw new ParseProblem("'fd@%s' names no descriptor", text);
        }
        return Integer.parseInt(text);
    }

    /** The last colon divides address and port, also behind an IPv6 address without brackets. */
    private static InetSocketAddress internet(String text) throws ParseProblem {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && text.substring(colon + 1).matches("[0-9]{1,5}");
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : SYSLOG_PORT;
        if (colon >= 0 && !hasPort && !text.endsWith(":") || host.isEmpty() || port < 1 || port > 65_535) {
            throw new ParseProblem("'%s' is no log address", text);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host.replaceAll("^\\[|]$", "")), port);
        } catch (UnknownHostException e) {
            throw new ParseProblem("could not resolve log address '%s'", host);
        }
    }
}
