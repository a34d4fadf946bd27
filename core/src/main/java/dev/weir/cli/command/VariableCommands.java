package dev.weir.cli.command;

import dev.weir.bridge.transport.SocketName;
import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.protocol.http.Method;
import dev.weir.sample.ParseProblem;
import dev.weir.server.AddressText;
import dev.weir.stream.Scope;
import dev.weir.stream.Variable;
import dev.weir.stream.VariableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code get var}, {@code set var}: variables of the process. */
public final class VariableCommands implements CommandFamily {
    private final RuntimeControl control;

    public VariableCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "get var", Level.OPERATOR, "get var <name>", "retrieve contents of a process-wide variable", this::get);
        table.add(
                "set var",
                Level.OPERATOR,
                "set var <name> {<expr>|expr <expr>|fmt <fmt>}",
                "set variable from an expression or a format (experimental)",
                this::set);
    }

    private void get(Arguments arguments, Answer answer) throws CommandFailure {
        arguments.requireNext("Missing process-wide variable identifier.");
        String text = arguments.next();
        VariableName name = control.variableNames().find(text);
        boolean isOfProcess = name != null && name.scope() == Scope.PROC;
        Variable variable = isOfProcess ? control.process().variables().get(name.id()) : null;
        if (variable == null) {
            throw new CommandFailure("Variable not found.");
        }
        answer.line(text + ": type=" + variable.type().text() + " value=<" + value(variable) + ">");
    }

    private static String value(Variable variable) {
        return switch (variable.type()) {
            case BOOL, SINT -> Long.toString(variable.low());
            case IPV4 -> AddressText.of(new SocketName().ipv4((int) variable.low(), 0));
            case IPV6 -> AddressText.of(new SocketName().ipv6(variable.high(), variable.low(), 0));
            case METH -> variable.length() > 0 ? printable(variable) : ascii(Method.name((int) variable.low()));
            case STR, BIN -> printable(variable);
        };
    }

    /** As HAProxy: what is no printable ASCII is a dot. */
    private static String printable(Variable variable) {
        byte[] bytes = Arrays.copyOf(variable.bytes(), variable.length());
        for (int i = 0; i < bytes.length; i++) {
            boolean isPrintable = bytes[i] >= ' ' && bytes[i] <= '~';
            bytes[i] = isPrintable ? bytes[i] : (byte) '.';
        }
        return ascii(bytes);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private void set(Arguments arguments, Answer answer) throws CommandFailure {
        if (!answer.state().isExperimental()) {
            throw new CommandFailure("This command is restricted to experimental mode only.");
        }
        arguments.requireNext("Missing process-wide variable identifier.");
        String name = arguments.next();
        if (!name.startsWith("proc.")) {
            throw new CommandFailure("'set var': cannot set variable '%s', only scope 'proc' is permitted here.", name);
        }
        boolean isFormat = arguments.skip("fmt");
        if (!isFormat) {
            arguments.skip("expr");
        }
        List<String> words = new ArrayList<>();
        while (arguments.hasNext()) {
            words.add(arguments.next());
        }
        try {
            if (!control.assign(name, words, isFormat)) {
                throw new CommandFailure("There is no value, or no room for it.");
            }
        } catch (ParseProblem problem) {
            throw new CommandFailure("%s", problem.getMessage());
        }
    }
}
