package dev.weir.cli.command;

import dev.weir.cli.CommandFailure;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code data.gpc0}, {@code data.gpc[2]}: something that a table stores. */
record DataName(StoredData data, int index) {
    private static final Pattern NAME = Pattern.compile("([a-z0-9_]+)(?:\\[([0-9]{1,4})])?");

    static DataName parse(String word, StickTable table) throws CommandFailure {
        if (!word.startsWith("data.")) {
            throw new CommandFailure("Unknown data type");
        }
        Matcher matcher = NAME.matcher(word.substring("data.".length()));
        StoredData data = matcher.matches() ? StoredData.of(matcher.group(1)) : null;
        if (data == null || (matcher.group(2) != null && !data.isArray())) {
            throw new CommandFailure("Unknown data type");
        }
        if (table.count(data) == 0) {
            throw new CommandFailure("Data type not stored in this table");
        }
        int index = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        if (index >= table.count(data)) {
            throw new CommandFailure("index out of range in this data array");
        }
        return new DataName(data, index);
    }
}
