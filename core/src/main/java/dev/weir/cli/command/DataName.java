package dev.weir.cli.command;

import dev.weir.cli.CommandFailure;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;

/** {@code data.gpc0}, {@code data.gpc[2]}: something that a table stores. */
record DataName(StoredData data, int index) {
    static DataName parse(String word, StickTable table) throws CommandFailure {
        if (!word.startsWith("data.")) {
            throw new CommandFailure("Unknown data type");
        }
        String name = word.substring("data.".length());
        int bracket = name.indexOf('[');
        String digits = bracket < 0 ? "0" : name.substring(bracket + 1, Math.max(bracket + 1, name.length() - 1));
        StoredData data = StoredData.of(bracket < 0 ? name : name.substring(0, bracket));
        if (data == null) {
            throw new CommandFailure("Unknown data type");
        }
        if (table.count(data) == 0) {
            throw new CommandFailure("Data type not stored in this table");
        }
        if (!digits.matches("[0-9]{1,4}") || Integer.parseInt(digits) >= table.count(data)) {
            throw new CommandFailure("index out of range in this data array");
        }
        return new DataName(data, Integer.parseInt(digits));
    }
}
