package dev.weir.sample;

import dev.weir.stream.Stream;
import dev.weir.stream.ValueType;
import dev.weir.stream.Variable;
import dev.weir.stream.VariableName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Stores a sample in a variable if conditions on the old and the new value hold. Immutable; any loop. */
public final class VariableAssignment {
    private enum Condition {
        IFEXISTS,
        IFNOTEXISTS,
        IFEMPTY,
        IFNOTEMPTY,
        IFSET,
        IFNOTSET,
        IFGT,
        IFLT
    }

    private final VariableName name;
    private final Set<Condition> conditions;

    private VariableAssignment(VariableName name, Set<Condition> conditions) {
        this.name = name;
        this.conditions = conditions;
    }

    /** Parses the name and conditions such as {@code ifnotexists}. */
    public static VariableAssignment parse(String name, List<String> conditions, ParseContext context)
            throws ParseProblem {
        Set<Condition> parsed = EnumSet.noneOf(Condition.class);
        for (String condition : conditions) {
            parsed.add(condition(condition));
        }
        try {
            return new VariableAssignment(context.variables().resolve(name), parsed);
        } catch (IllegalArgumentException e) {
            throw new ParseProblem("%s", e.getMessage());
        }
    }

    private static Condition condition(String text) throws ParseProblem {
        for (Condition condition : Condition.values()) {
            if (condition.name().equalsIgnoreCase(text)) {
                return condition;
            }
        }
        throw new ParseProblem("unknown condition \"%s\"", text);
    }

    public VariableName name() {
        return name;
    }

    /** Stores the value. @return false if a condition does not hold or a limit forbids it */
    public boolean store(Stream stream, Sample value) {
        if (!conditions.isEmpty() && !holds(stream.variables().get(name), value)) {
            return false;
        }
        return value.type().isBytes()
                ? stream.variables().bytes(name, value.type(), value.low(), value.bytes(), 0, value.length())
                : stream.variables().number(name, value.type(), value.high(), value.low());
    }

    private boolean holds(Variable old, Sample value) {
        for (Condition condition : conditions) {
            if (!holds(condition, old, value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Condition condition, Variable old, Sample value) {
        boolean isEmpty = value.type().isBytes() && value.length() == 0;
        return switch (condition) {
            case IFEXISTS, IFSET -> old != null;
            case IFNOTEXISTS, IFNOTSET -> old == null;
            case IFEMPTY -> isEmpty;
            case IFNOTEMPTY -> !isEmpty;
            case IFGT -> !areNumbers(old, value) || old.low() > value.low();
            case IFLT -> !areNumbers(old, value) || old.low() < value.low();
        };
    }

    private static boolean areNumbers(Variable old, Sample value) {
        return old != null && old.type() == ValueType.SINT && value.type() == ValueType.SINT;
    }
}
