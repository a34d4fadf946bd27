package dev.weir.sample;

import dev.weir.bridge.transport.SocketName;
import dev.weir.stick.StickTable;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.ServerView;
import dev.weir.userlist.UserList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Gives the texts between parentheses their types and resolves names. */
final class ArgumentParser {
    private final ArgumentSpec spec;
    private final ParseContext context;

    ArgumentParser(ArgumentSpec spec, ParseContext context) {
        this.spec = spec;
        this.context = context;
    }

    /** {@code texts} is null if there were no parentheses; the message does not yet say whose arguments they are. */
    Arguments parse(List<String> texts) throws ParseProblem {
        List<String> given = effective(texts);
        if (given.size() < spec.mandatoryCount()) {
            throw new ParseProblem(
                    "missing arguments (got %d/%d), type '%s' expected",
                    given.size(), spec.mandatoryCount(), spec.type(given.size()).title());
        }
        if (given.size() > spec.countMax()) {
            throw new ParseProblem(
                    spec.countMax() == 0
                            ? "no argument supported, but got '" + String.join(",", given) + "'"
                            : "end of arguments expected at position " + (spec.countMax() + 1) + ", but got ',"
                                    + given.get(spec.countMax()) + "'");
        }
        Arguments arguments = new Arguments(given.size());
        for (int i = 0; i < given.size(); i++) {
            parse(i, given.get(i), arguments);
        }
        return arguments;
    }

    /** Nothing at all is one empty argument where one is mandatory. */
    private List<String> effective(List<String> texts) {
        boolean isNothing = texts == null || texts.size() == 1 && texts.get(0).isEmpty();
        if (!isNothing) {
            return texts;
        }
        boolean mayBeEmpty = spec.mandatoryCount() == 1 && (texts != null || isProxy(spec.type(0)));
        return mayBeEmpty ? List.of("") : List.of();
    }

    private static boolean isProxy(ArgumentType type) {
        return type == ArgumentType.FRONTEND || type == ArgumentType.BACKEND || type == ArgumentType.TABLE;
    }

    private void parse(int position, String text, Arguments out) throws ParseProblem {
        out.text(position, text);
        switch (spec.type(position)) {
            case STRING -> {}
            case INTEGER -> out.number(position, 0, integer(position, text));
            case VALUE -> value(position, text, out);
            case VARIABLE -> variable(position, text, out);
            case IPV4, MASK4 -> out.number(position, 0, ipv4(position, text));
            case IPV6, MASK6 -> ipv6(position, text, out);
            case FRONTEND -> out.object(position, frontend(text));
            case BACKEND -> out.object(position, backend(text));
            case SERVER -> out.object(position, server(text));
            case USER_LIST -> out.object(position, userList(text));
            case TABLE -> out.object(position, table(text));
        }
    }

    private long integer(int position, String text) throws ParseProblem {
        if (text.isEmpty()) {
            throw new ParseProblem(
                    "expected type '%s' at position %d, but got nothing",
                    spec.type(position).title(), position + 1);
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(position, text);
        }
    }

    private ParseProblem wrong(int position, String text) {
        return new ParseProblem(
                "failed to parse '%s' as type '%s' at position %d",
                text, spec.type(position).title(), position + 1);
    }

    private void value(int position, String text, Arguments out) throws ParseProblem {
        boolean isNumber = !text.isEmpty() && (Character.isDigit(text.charAt(0)) || "+-".indexOf(text.charAt(0)) >= 0);
        if (isNumber) {
            out.number(position, 0, integer(position, text));
        } else {
            variable(position, text, out);
        }
    }

    private void variable(int position, String text, Arguments out) throws ParseProblem {
        if (text.isEmpty() && position >= spec.mandatoryCount()) {
            return;
        }
        try {
            out.object(position, context.variables().resolve(text));
        } catch (IllegalArgumentException e) {
            throw new ParseProblem("%s", e.getMessage());
        }
    }

    private long ipv4(int position, String text) throws ParseProblem {
        if (spec.type(position) == ArgumentType.MASK4 && text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= 32) {
            int bits = Integer.parseInt(text);
            return bits == 0 ? 0 : 0xFFFF_FFFFL << 32 - bits & 0xFFFF_FFFFL;
        }
        long address = AddressText.parseIpv4(buffer(text), 0, text.length());
        if (address < 0) {
            throw wrong(position, text);
        }
        return address;
    }

    private void ipv6(int position, String text, Arguments out) throws ParseProblem {
        if (spec.type(position) == ArgumentType.MASK6 && text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= 128) {
            int bits = Integer.parseInt(text);
            out.number(position, mask(Math.min(bits, 64)), mask(Math.max(0, bits - 64)));
            return;
        }
        SocketName name = new SocketName();
        if (!ConstantAddress.parseIpv6(text, name)) {
            throw wrong(position, text);
        }
        out.number(position, name.high(), name.low());
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << 64 - bits;
    }

    private static UnsafeBuffer buffer(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private FrontendView frontend(String name) throws ParseProblem {
        FrontendView found = name.isEmpty() ? context.frontend() : context.frontend(name);
        if (found == null) {
            throw name.isEmpty()
                    ? new ParseProblem("proxy has no frontend capability")
                    : new ParseProblem("unable to find frontend '%s'", name);
        }
        return found;
    }

    private BackendView backend(String name) throws ParseProblem {
        BackendView found = name.isEmpty() ? context.backend() : context.backend(name);
        if (found == null) {
            throw name.isEmpty()
                    ? new ParseProblem("proxy has no backend capability")
                    : new ParseProblem("unable to find backend '%s'", name);
        }
        return found;
    }

    private UserList userList(String name) throws ParseProblem {
        if (name.isEmpty()) {
            throw new ParseProblem("missing userlist name");
        }
        UserList found = context.userList(name);
        if (found == null) {
            throw new ParseProblem("unable to find userlist '%s'", name);
        }
        return found;
    }

    /** {@code backend/server}, or a server of the section's own backend. */
    private ServerView server(String text) throws ParseProblem {
        if (text.isEmpty()) {
            throw new ParseProblem("missing server name");
        }
        int slash = text.lastIndexOf('/');
        BackendView owner = backend(slash < 0 ? "" : text.substring(0, slash));
        ServerView found = owner.server(text.substring(slash + 1));
        if (found == null) {
            throw new ParseProblem("unable to find server '%s'", text);
        }
        found.pin();
        return found;
    }

    private StickTable table(String name) throws ParseProblem {
        StickTable found = context.table(name);
        if (found == null) {
            throw name.isEmpty()
                    ? new ParseProblem("no stick-table in this proxy")
                    : new ParseProblem("unable to find table '%s'", name);
        }
        return found;
    }

    /** Splits what stands between parentheses; quotes and backslashes protect commas and parentheses. */
    static Split split(String text, int start) throws ParseProblem {
        List<String> arguments = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && (c == ',' || c == ')')) {
                arguments.add(word.toString());
                word.setLength(0);
                if (c == ')') {
                    return new Split(arguments, i + 1);
                }
            } else if (quote != '\'' && c == '\\' && i + 1 < text.length() && unescape(text.charAt(i + 1)) != 0) {
                word.append(unescape(text.charAt(++i)));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                word.append(c);
            }
        }
        throw new ParseProblem(quote != 0 ? "unmatched quote" : "expected ')' before ''");
    }

    /** 0 if a backslash before it is just a backslash. */
    private static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case ' ', '"', '\'', '\\' -> c;
            default -> 0;
        };
    }

    /** The arguments and where the text behind the closing parenthesis starts. */
    record Split(List<String> arguments, int end) {}
}
