package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.AddressSpec.Family;
import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.AddressSpec.PortForm;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.LogLine.Range;
import dev.weir.config.model.LogLine.Sampling;
import dev.weir.config.model.LogLine.Target;
import dev.weir.config.parse.AddressParser.Ports;
import dev.weir.sample.Quantity;
import java.util.ArrayList;
import java.util.List;

/** {@code log <target> [len] [format] [sample] [profile] <facility> [<level> [<minlevel>]]}; the line stands behind {@code log}. */
final class LogKeyword {
    private static final List<String> FACILITIES = List.of(
            "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "auth2", "ftp", "ntp",
            "audit", "alert", "cron2", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7");
    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
    private static final List<String> FORMATS =
            List.of("local", "rfc3164", "rfc5424", "priority", "short", "timed", "iso", "raw");
    private static final int SYSLOG_PORT = 514;

    private LogKeyword() {}

    /** Null after a complaint. */
    static LogLine parse(Environment environment, Line line) {
        int alerts = line.problems().alerts();
        int start = line.cursor();
        Target target = target(line.next(), environment, line);
        int lengthMax = 1024;
        String format = "";
        Sampling sampling = null;
        String profile = "";
        while (line.hasNext() && target != null) {
            if (line.accept("len")) {
                lengthMax = length(line);
            } else if (line.accept("format")) {
                format = oneOf(FORMATS, "format", line);
            } else if (line.accept("sample")) {
                sampling = sampling(line);
            } else if (line.accept("profile")) {
                profile = line.argument("the name of a log-profile");
            } else {
                break;
            }
        }
        if (target == null || line.problems().alerts() != alerts) {
            line.rest();
            return null;
        }
        return withLevels(target, lengthMax, format, sampling, profile, line, words(line, start, environment));
    }

    private static LogLine withLevels(
            Target target,
            int lengthMax,
            String format,
            Sampling sampling,
            String profile,
            Line line,
            List<String> words) {
        if (!line.hasNext()) {
            line.alert("'log' : expects <address> and <facility> "
                    + "{ global | <addr> [len <len>] [format <fmt>] <facility> [<level> [<minlevel>]] } as arguments");
            return null;
        }
        int facility = FACILITIES.indexOf(line.peek());
        if (facility < 0) {
            oneOf(FACILITIES, "facility", line);
            line.rest();
            return null;
        }
        line.next();
        int levelMax = level(line, 7, "level");
        int levelMin = level(line, 0, "minimum log level");
        return levelMax < 0 || levelMin < 0
                ? null
                : new LogLine(
                        line.at(), words, target, lengthMax, format, sampling, profile, facility, levelMax, levelMin);
    }

    private static List<String> words(Line line, int start, Environment environment) {
        List<String> words = new ArrayList<>();
        words.add(AddressParser.expandAll(line.word(start), environment));
        for (int i = start + 1; i < line.count(); i++) {
            words.add(line.word(i));
        }
        return List.copyOf(words);
    }

    private static int level(Line line, int otherwise, String what) {
        if (!line.hasNext()) {
            return otherwise;
        }
        int level = LEVELS.indexOf(line.peek());
        oneOf(LEVELS, what, line);
        return level;
    }

    private static int length(Line line) {
        String text = line.next();
        long length = Quantity.integer(text);
        if (length < 80 || length > 65535) {
            line.alert("'log' : invalid log length '" + text + "', must be between 80 and 65535");
        }
        return (int) length;
    }

    private static String oneOf(List<String> known, String what, Line line) {
        String text = line.next();
        if (!known.contains(text)) {
            var nearest = new Nearest(text);
            known.forEach(nearest::offer);
            line.alert("'log' : unknown log " + what + " '" + text + "'" + nearest.hint());
        }
        return text;
    }

    private static void unsupported(String what, Line line) {
        line.alert("'log' : '" + what + "' is HAProxy's, and this version of Weir does not support it ("
                + Topic.LOGGING.description() + ")");
    }

    private static Target target(String text, Environment environment, Line line) {
        if (text.equals("stdout")) {
            return new Target.Stdout();
        }
        if (text.equals("stderr")) {
            return new Target.Stderr();
        }
        if (text.isEmpty()) {
            line.alert("'log' : expects <address> and <facility> as arguments");
            return null;
        }
        if (text.startsWith("ring@")
                || text.startsWith("backend@")
                || text.startsWith("tcp") && text.indexOf('@') > 0) {
            unsupported(text, line);
            return null;
        }
        return address(text, environment, line);
    }

    private static Target address(String text, Environment environment, Line line) {
        String bare = text.startsWith("udp@") || text.startsWith("uxdg@")
                ? text.substring(text.indexOf('@') + 1)
                : text.startsWith("udp4@") || text.startsWith("udp6@") ? "ipv" + text.substring(3) : text;
        var parser = new AddressParser(bare, Ports.OPTIONAL, environment);
        AddressSpec address = parser.parse();
        return switch (address) {
            case null -> {
                line.alert("'log' : " + parser.error());
                yield null;
            }
            case AddressSpec.Inet inet -> new Target.Udp(withSyslogPort(inet));
            case AddressSpec.Unix unix -> new Target.UnixDatagram(unix.path());
            case AddressSpec.Inherited inherited -> new Target.Descriptor(inherited.fd());
            case AddressSpec.Abstract ignored -> {
                unsupported(text, line);
                yield null;
            }
        };
    }

    private static Inet withSyslogPort(Inet inet) {
        Family family = inet.family();
        return inet.portForm() == PortForm.FIXED
                ? inet
                : new Inet(inet.text(), family, inet.host(), PortForm.FIXED, SYSLOG_PORT, SYSLOG_PORT);
    }

    private static Sampling sampling(Line line) {
        String text = line.argument("<range>:<size>");
        int colon = text.indexOf(':');
        if (colon < 0) {
            line.alert("'log' : Missing sample size");
            return null;
        }
        List<Range> ranges = new ArrayList<>();
        long most = 0;
        for (String part : text.substring(0, colon).split(",")) {
            int dash = part.indexOf('-');
            long first = Quantity.integer(dash < 0 ? part : part.substring(0, dash));
            long last = dash < 0 ? first : Quantity.integer(part.substring(dash + 1));
            if (first < 1 || last < first || last > Integer.MAX_VALUE) {
                line.alert("'log' : wrong sample range '" + part + "'");
                return null;
            }
            most = Math.max(most, last);
            ranges.add(new Range((int) first, (int) last));
        }
        long size = Quantity.integer(text.substring(colon + 1));
        if (size < most || size > Integer.MAX_VALUE) {
            line.alert("'log' : wrong sample size '" + text.substring(colon + 1) + "' for sample range '"
                    + text.substring(0, colon) + "', it has to be at least " + most);
            return null;
        }
        return new Sampling(List.copyOf(ranges), (int) size);
    }
}
