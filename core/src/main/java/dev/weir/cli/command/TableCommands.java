package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.ClientGone;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stick.TableSettings;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code show table}, {@code set table}, {@code clear table}. */
public final class TableCommands implements CommandFamily {
    private final RuntimeControl control;

    public TableCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "show table",
                Level.OPERATOR,
                "show table [<table> [<filter>]*]",
                "report table usage stats or dump this table's contents (filter: data/key)",
                this::show);
        table.add(
                "set table",
                Level.OPERATOR,
                "set table <table> key <k> [data.* <v>]*",
                "update or create a table entry's data",
                this::set);
        table.add(
                "clear table",
                Level.OPERATOR,
                "clear table <table> [<filter>]*",
                "remove an entry from a table (filter: data/key)",
                this::clear);
    }

    private long nowNs() {
        return control.process().clock().nanoTime();
    }

    // ---- show ----

    private void show(Arguments arguments, Answer answer) throws CommandFailure, ClientGone {
        if (!arguments.hasNext()) {
            for (StickTable table : control.tables().all()) {
                header(table, answer);
            }
            return;
        }
        StickTable table = Names.table(arguments, control);
        if (arguments.skip("key")) {
            long entry = find(table, arguments);
            header(table, answer);
            if (entry != StickTable.NONE) {
                row(table, entry, answer);
                table.release(entry);
            }
            return;
        }
        TableFilter filter = TableFilter.parse(arguments, table);
        header(table, answer);
        rows(table, filter, answer);
    }

    private void header(StickTable table, Answer answer) {
        TableSettings settings = table.settings();
        answer.line("# table: " + settings.name() + ", type: " + settings.type().text() + ", size:"
                + settings.entriesMax() + ", used:" + table.used(nowNs()));
    }

    private void rows(StickTable table, TableFilter filter, Answer answer) throws ClientGone {
        long entry = table.next(0, nowNs());
        while (entry != StickTable.NONE) {
            long next = StickTable.placeBehind(entry);
            try {
                if (filter.passes(table, entry, nowNs())) {
                    row(table, entry, answer);
                }
            } finally {
                table.release(entry);
            }
            answer.flush();
            entry = table.next(next, nowNs());
        }
    }

    private void row(StickTable table, long entry, Answer answer) {
        StringBuilder out = answer.text();
        UnsafeBuffer key = new UnsafeBuffer(new byte[table.settings().keyBytes()]);
        int length = table.key(entry, key);
        out.append("0x").append(Long.toHexString(entry)).append(": key=");
        KeyText.write(table.settings(), key, length, out);
        out.append(" use=").append(table.references(entry) - 1);
        out.append(" exp=").append(Math.max(0, table.remainingMs(entry, nowNs())));
        out.append(" shard=0");
        for (TableSettings.Stored stored : table.settings().stored()) {
            data(table, entry, stored, out);
        }
        out.append('\n');
    }

    private void data(StickTable table, long entry, TableSettings.Stored stored, StringBuilder out) {
        StoredData data = stored.data();
        for (int i = 0; i < stored.count(); i++) {
            out.append(' ').append(data.text());
            if (data.isArray()) {
                out.append('[').append(i).append(']');
            }
            if (data.isRate()) {
                out.append('(').append(stored.periodMs()).append(')');
            }
            out.append('=');
            if (data.form() == StoredData.Form.TEXT) {
                String text = table.text(entry, data);
                out.append(text == null ? "-" : text);
            } else {
                out.append(table.get(entry, data, i, nowNs()));
            }
        }
    }

    // ---- set and clear ----

    private long find(StickTable table, Arguments arguments) throws CommandFailure {
        UnsafeBuffer key = KeyText.parse(table.settings(), arguments.require("Key value expected."));
        return table.find(key, 0, key.capacity(), nowNs());
    }

    private void set(Arguments arguments, Answer answer) throws CommandFailure {
        StickTable table = Names.table(arguments, control);
        if (!arguments.skip("key")) {
            throw new CommandFailure("Required arguments: <table> key <key> [data.<type> <value>]*");
        }
        UnsafeBuffer key = KeyText.parse(table.settings(), arguments.require("Key value expected."));
        long entry = table.findOrCreate(key, 0, key.capacity(), nowNs());
        if (entry == StickTable.NONE) {
            throw new CommandFailure("Unable to allocate a new entry.");
        }
        try {
            table.touch(entry, nowNs());
            while (arguments.hasNext()) {
                setOne(table, entry, arguments);
            }
        } finally {
            table.release(entry);
        }
    }

    private void setOne(StickTable table, long entry, Arguments arguments) throws CommandFailure {
        DataName name = DataName.parse(arguments.next(), table);
        String text = arguments.require("Value expected.");
        if (name.data().form() == StoredData.Form.TEXT) {
            table.text(entry, name.data(), text);
        } else if (text.matches("[0-9]{1,18}")) {
            table.set(entry, name.data(), name.index(), Long.parseLong(text), nowNs());
        } else {
            throw new CommandFailure("Require a valid integer value to store.");
        }
    }

    private void clear(Arguments arguments, Answer answer) throws CommandFailure {
        StickTable table = Names.table(arguments, control);
        if (arguments.skip("key")) {
            long entry = find(table, arguments);
            if (entry != StickTable.NONE && !table.drop(entry)) {
                throw new CommandFailure("Entry currently in use, cannot remove");
            }
            return;
        }
        TableFilter filter = TableFilter.parse(arguments, table);
        long entry = table.next(0, nowNs());
        while (entry != StickTable.NONE) {
            long next = StickTable.placeBehind(entry);
            if (filter.passes(table, entry, nowNs())) {
                table.drop(entry);
            } else {
                table.release(entry);
            }
            entry = table.next(next, nowNs());
        }
    }
}
