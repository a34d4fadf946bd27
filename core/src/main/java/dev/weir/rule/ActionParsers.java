package dev.weir.rule;

import dev.weir.acl.ConditionParser;
import dev.weir.bridge.transport.SocketName;
import dev.weir.log.LogFormat;
import dev.weir.rule.ActionParser.Tools;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.VariableAssignment;
import dev.weir.sample.Words;
import dev.weir.stream.LogLevel;
import dev.weir.stream.Stream;
import dev.weir.stream.StreamSide;
import dev.weir.stream.VariableName;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** The parsers of {@link TcpActions}. Stateless. */
final class ActionParsers {
    private static final int CLASS_MAX = 2047;
    private static final int OFFSET_MAX_MS = 524_287;

    private ActionParsers() {}

    static ActionParser fixed(RuleAction action) {
        return (name, words, tools) -> action;
    }

    /** What stands between the parentheses, split at commas. */
    private static List<String> parenthesised(String name) throws ParseProblem {
        int open = name.indexOf('(');
        if (open < 0 || !name.endsWith(")")) {
            throw new ParseProblem(
                    "invalid or incomplete action '%s'. Expects '%s(<var-name>)'",
                    name, open < 0 ? name : name.substring(0, open));
        }
        return List.of(name.substring(open + 1, name.length() - 1).split(",", -1));
    }

    private static VariableAssignment assignment(String name, Tools tools) throws ParseProblem {
        List<String> parts = parenthesised(name);
        return VariableAssignment.parse(parts.get(0), parts.subList(1, parts.size()), tools.context());
    }

    private static Expression expression(Words words, Tools tools) throws ParseProblem {
        if (ConditionParser.isAt(words)) {
            throw new ParseProblem("missing expression");
        }
        return tools.expressions().parse(words, tools.context());
    }

    static RuleAction setVariable(String name, Words words, Tools tools) throws ParseProblem {
        VariableAssignment assignment = assignment(name, tools);
        Expression expression = expression(words, tools);
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (expression.evaluateFinal(stream, sample)) {
                assignment.store(stream, sample);
            }
            scratch.release(sample);
            return RuleResult.CONTINUE;
        };
    }

    static RuleAction setVariableFormat(String name, Words words, Tools tools) throws ParseProblem {
        VariableAssignment assignment = assignment(name, tools);
        LogFormat format = tools.formats().parseVerbatim(words.require("format"), tools.context());
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (Formats.write(format, stream, sample)) {
                assignment.store(stream, sample);
            }
            scratch.release(sample);
            return RuleResult.CONTINUE;
        };
    }

    static RuleAction unsetVariable(String name, Words words, Tools tools) throws ParseProblem {
        VariableName variable = assignment(name, tools).name();
        return (stream, scratch) -> {
            stream.variables().unset(variable);
            return RuleResult.CONTINUE;
        };
    }

    /** Rules of the connection level change the connection's names, later ones only the stream's. */
    private static SocketName source(Stream stream, TcpRuleSet set) {
        StreamSide side = stream.clientSide();
        return set == TcpRuleSet.REQUEST_CONTENT ? side.changeSource() : side.connectionSource();
    }

    private static SocketName destination(Stream stream, TcpRuleSet set) {
        StreamSide side = stream.clientSide();
        return set == TcpRuleSet.REQUEST_CONTENT ? side.changeDestination() : side.connectionDestination();
    }

    private interface End {
        SocketName of(Stream stream, TcpRuleSet set);
    }

    static RuleAction setSource(String name, Words words, Tools tools) throws ParseProblem {
        return setAddress(words, tools, ActionParsers::source);
    }

    static RuleAction setDestination(String name, Words words, Tools tools) throws ParseProblem {
        return setAddress(words, tools, ActionParsers::destination);
    }

    private static RuleAction setAddress(Words words, Tools tools, End end) throws ParseProblem {
        Expression expression = castable(expression(words, tools), SampleType.ADDRESS);
        TcpRuleSet set = tools.set();
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (expression.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.ADDRESS)) {
                SocketName name = end.of(stream, set);
                if (sample.type() == dev.weir.stream.ValueType.IPV4) {
                    name.ipv4((int) sample.low(), name.port());
                } else {
                    name.ipv6(sample.high(), sample.low(), name.port());
                }
            }
            scratch.release(sample);
            return RuleResult.CONTINUE;
        };
    }

    static RuleAction setSourcePort(String name, Words words, Tools tools) throws ParseProblem {
        TcpRuleSet set = tools.set();
        return number(words, tools, (stream, value) -> setPort(source(stream, set), value));
    }

    static RuleAction setDestinationPort(String name, Words words, Tools tools) throws ParseProblem {
        TcpRuleSet set = tools.set();
        return number(words, tools, (stream, value) -> setPort(destination(stream, set), value));
    }

    /** Without an address the port would be lost: 0.0.0.0 takes its place. */
    private static void setPort(SocketName name, long port) {
        boolean hasAddress = name.family() == SocketName.Family.IPV4 || name.family() == SocketName.Family.IPV6;
        if (hasAddress) {
            name.port((int) port & 0xFFFF);
        } else {
            name.ipv4(0, (int) port & 0xFFFF);
        }
    }

    private static RuleAction number(Words words, Tools tools, ObjLongConsumer<Stream> consumer) throws ParseProblem {
        Expression expression = castable(expression(words, tools), SampleType.INTEGER);
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (expression.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.INTEGER)) {
                consumer.accept(stream, sample.low());
            }
            scratch.release(sample);
            return RuleResult.CONTINUE;
        };
    }

    private static Expression castable(Expression expression, SampleType type) throws ParseProblem {
        if (!Casts.isPossible(expression.type(), type)) {
            throw new ParseProblem(
                    "expression '%s' gives type '%s', which has no form of type '%s'",
                    expression.text(), expression.type().text(), type.text());
        }
        return expression;
    }

    static RuleAction silentDrop(String name, Words words, Tools tools) throws ParseProblem {
        if (words.peek().equals("rst-ttl")) {
            throw new ParseProblem("'silent-drop rst-ttl' is known but not supported by this version");
        }
        return TcpActions.SILENT_DROP;
    }

    static RuleAction expectProxy(String name, Words words, Tools tools) throws ParseProblem {
        if (!words.skip("layer4")) {
            throw new ParseProblem("only 'expect-proxy layer4' is supported");
        }
        return TcpActions.EXPECT_PROXY;
    }

    static RuleAction setLogLevel(String name, Words words, Tools tools) throws ParseProblem {
        String text = words.require("log level");
        LogLevel level = LogLevel.of(text);
        if (level == null) {
            throw new ParseProblem("expects 1 argument (log level name or 'silent'), got '%s'", text);
        }
        return (stream, scratch) -> {
            stream.logLevel(level);
            return RuleResult.CONTINUE;
        };
    }

    static RuleAction setPriorityClass(String name, Words words, Tools tools) throws ParseProblem {
        return number(words, tools, (stream, value) -> stream.priorityClass(clamp(value, CLASS_MAX)));
    }

    static RuleAction setPriorityOffset(String name, Words words, Tools tools) throws ParseProblem {
        return number(words, tools, (stream, value) -> stream.priorityOffset(clamp(value, OFFSET_MAX_MS)));
    }

    private static int clamp(long value, int most) {
        return Math.clamp(value, -most, most);
    }

    static RuleAction setNice(String name, Words words, Tools tools) throws ParseProblem {
        String text = words.require("nice value");
        if (!text.matches("[+-]?[0-9]{1,4}")) {
            throw new ParseProblem("expects 1 argument (integer value), got '%s'", text);
        }
        return (stream, scratch) -> RuleResult.CONTINUE;
    }
}
