package dev.weir.cli.command;

import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.stick.StickTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** {@code data.gpc0 gt 1}: which entries of a table are meant; all of several have to hold. */
record TableFilter(List<Test> tests) {
    private static final Map<String, IntPredicate> OPERATORS = Map.of(
            "eq", order -> order == 0,
            "ne", order -> order != 0,
            "gt", order -> order > 0,
            "ge", order -> order >= 0,
            "lt", order -> order < 0,
            "le", order -> order <= 0);

    private record Test(DataName name, IntPredicate operator, long value) {}

    /** @param otherwise what is answered to a word that is no filter at all */
    static TableFilter parse(Arguments arguments, StickTable table, String otherwise) throws CommandFailure {
        if (arguments.hasNext() && !arguments.peek().startsWith("data.")) {
            throw new CommandFailure("%s", otherwise);
        }
        List<Test> tests = new ArrayList<>();
        while (arguments.hasNext()) {
            try {
                tests.add(test(arguments, table));
            } catch (CommandFailure failure) {
                throw new CommandFailure("Filter entry #%d: %s", tests.size() + 1, failure.getMessage());
            }
        }
        return new TableFilter(tests);
    }

    private static Test test(Arguments arguments, StickTable table) throws CommandFailure {
        DataName name = DataName.parse(arguments.next(), table);
        IntPredicate operator = OPERATORS.get(arguments.next());
        if (operator == null) {
            throw new CommandFailure("Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\"");
        }
        String value = arguments.next();
        if (!value.matches("-?[0-9]{1,18}")) {
            throw new CommandFailure("Require a valid integer value to compare against");
        }
        return new Test(name, operator, Long.parseLong(value));
    }

    boolean passes(StickTable table, long entry, long nowNs) {
        for (Test test : tests) {
            long found = table.get(entry, test.name.data(), test.name.index(), nowNs);
            if (!test.operator.test(Long.compare(found, test.value))) {
                return false;
            }
        }
        return true;
    }
}
