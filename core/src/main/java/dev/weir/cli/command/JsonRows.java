package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.ClientGone;
import dev.weir.cli.stat.StatRow;
import java.util.function.BiConsumer;

/** Rows of statistics as one JSON array, sent row by row. */
final class JsonRows {
    private JsonRows() {}

    /** @param writer appends a row as a JSON value */
    static void write(Iterable<StatRow> rows, BiConsumer<StatRow, StringBuilder> writer, Answer answer)
            throws ClientGone {
        char separator = '[';
        for (StatRow row : rows) {
            answer.text().append(separator);
            writer.accept(row, answer.text());
            separator = ',';
            answer.flush();
        }
        answer.text().append(separator == '[' ? "[]" : "]").append('\n');
    }
}
