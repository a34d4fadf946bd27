package dev.weir.config.parse;

import dev.weir.config.model.GlobalSection.ProcessVariables;
import dev.weir.config.model.VariableLine;
import dev.weir.sample.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Variables of the process, and what variables may take. HAProxy manual 3.1, 3.2. Single-threaded. */
final class VariableKeywords {
    private final List<VariableLine> lines = new ArrayList<>();
    private int globalBytesMax;
    private int procBytesMax;
    private int sessBytesMax;
    private int txnBytesMax;
    private int reqresBytesMax;
    private int checkBytesMax;

    static void fill(KeywordTable<GlobalDraft> table) {
        table.supported(
                "set-var",
                0,
                "a variable of the process, `proc.<name> <expression>`, set at the start; a reload sets it again only if it says"
                        + " something else",
                (global, line) -> set(global, line, false));
        table.supported(
                "set-var-fmt",
                0,
                "the same with a format, `proc.<name> <fmt>`",
                (global, line) -> set(global, line, true));
        limit(table, "global", "all variables", (variables, bytes) -> variables.globalBytesMax = bytes);
        limit(table, "proc", "all variables, too", (variables, bytes) -> variables.procBytesMax = bytes);
        limit(table, "sess", "a session's variables", (variables, bytes) -> variables.sessBytesMax = bytes);
        limit(table, "txn", "variables of an exchange", (variables, bytes) -> variables.txnBytesMax = bytes);
        limit(
                table,
                "reqres",
                "variables of a request or response",
                (variables, bytes) -> variables.reqresBytesMax = bytes);
        limit(table, "check", "a health check's variables", (variables, bytes) -> variables.checkBytesMax = bytes);
    }

    private static void limit(
            KeywordTable<GlobalDraft> table, String scope, String of, ObjIntConsumer<VariableKeywords> setter) {
        table.supported(
                "tune.vars." + scope + "-max-size",
                0,
                "most bytes of " + of + ": one that has no room is not set",
                (global, line) -> setter.accept(global.variables, bytes(line)));
    }

    /** Without a suffix, as HAProxy has it. */
    private static int bytes(Line line) {
        String text = line.argument("a number of bytes");
        long bytes = text.isEmpty() ? 0 : Quantity.integer(text);
        if (bytes == Quantity.MALFORMED || bytes < 0 || bytes > Integer.MAX_VALUE) {
            line.alert(line.subject() + ": '" + text + "' is an invalid size");
            return 0;
        }
        return (int) bytes;
    }

    private static void set(GlobalDraft global, Line line, boolean isFormat) {
        String name = line.next();
        if (!line.hasNext()) {
            line.alertSubject("requires a process-wide variable name ('proc.<name>') and a "
                    + (isFormat ? "format string." : "sample expression."));
            return;
        }
        List<String> words = isFormat ? List.of(line.next()) : line.rest();
        if (!name.startsWith("proc.")) {
            line.alertSubject(
                    "cannot set variable '" + name + "', only scope 'proc' is permitted in the global section.");
            return;
        }
        global.variables.lines.add(new VariableLine(line.at(), name, words, isFormat));
    }

    ProcessVariables build() {
        return new ProcessVariables(
                List.copyOf(lines),
                globalBytesMax,
                procBytesMax,
                sessBytesMax,
                txnBytesMax,
                reqresBytesMax,
                checkBytesMax);
    }
}
