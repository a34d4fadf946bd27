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

    static TableFilter parse(Arguments arguments, StickTable table) throws CommandFailure {
        List<Test> tests = new ArrayList<>();
        while (arguments.hasNext()) {
            DataName name = DataName.parse(arguments.next(), table);
            IntPredicate operator = OPERATORS.get(
                    arguments.require("Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\""));
            if (operator == null) {
                throw new CommandFailure("Require and operator among \"eq\", \"ne\", \"le\", \"ge\", \"lt\", \"gt\"");
            }
            String value = arguments.next();
            if (!value.matches("[0-9]{1,18}")) {
                throw new CommandFailure("Require a valid integer value to compare against");
            }
            tests.add(new Test(name, operator, Long.parseLong(value)));
        }
        return new TableFilter(tests);
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
