package dev.weir.stick;

import dev.weir.clock.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The tables of the process by name. They outlive configurations: one whose settings stay is kept as it is, one whose settings
 * change hands its entries on. Sessions that began before still use the table that they know; its memory goes with the last of
 * them. Thread: the one that boots and reloads; {@link #table} any.
 */
public final class StickTables {
    private final Clock clock;
    private volatile Map<String, StickTable> tables = Map.of();

    public StickTables(Clock clock) {
        this.clock = clock;
    }

    /** Null if there is none of that name. */
    public StickTable table(String name) {
        return tables.get(name);
    }

    /** In the order of the configuration. */
    public Iterable<StickTable> all() {
        return tables.values();
    }

    /**
     * Makes the tables of a configuration.
     *
     * @param isSuccessor this process takes the place of one that is about to end, and takes its files over
     * @param notices takes what the operator should know of files
     * @throws IOException if a file cannot be used, with a message for the operator; what was there before stays in force
     */
    public void apply(List<TableSettings> wanted, boolean isSuccessor, Consumer<String> notices) throws IOException {
        Map<String, StickTable> next = new LinkedHashMap<>();
        for (TableSettings settings : wanted) {
            next.put(settings.name(), renewed(settings, isSuccessor, notices));
        }
        tables = next;
    }

    private StickTable renewed(TableSettings settings, boolean isSuccessor, Consumer<String> notices)
            throws IOException {
        StickTable before = tables.get(settings.name());
        if (before == null) {
            return StickTable.open(settings, clock, isSuccessor, notices);
        }
        if (before.settings().equals(settings)) {
            return before;
        }
        boolean isSameFile = settings.file() != null
                && settings.file().equals(before.settings().file());
        StickTable table = isSameFile && Files.exists(settings.file())
                ? reopened(settings, notices)
                : StickTable.open(settings, clock, false, notices);
        TableCopy.all(before, table, clock.nanoTime());
        return table;
    }

    /** The table before keeps what it has mapped, and its entries move; if there can be no new file, the old one stays. */
    private StickTable reopened(TableSettings settings, Consumer<String> notices) throws IOException {
        Path file = settings.file();
        Path before = file.resolveSibling(file.getFileName() + ".before");
        Files.move(file, before, StandardCopyOption.ATOMIC_MOVE);
        try {
            StickTable table = StickTable.open(settings, clock, false, notices);
            Files.delete(before);
            return table;
        } catch (IOException e) {
            Files.move(before, file, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
    }

    /** Finds the tables that a configuration would have, for looking at it only: no file is opened, nothing changes. */
    public Function<String, StickTable> trial(List<TableSettings> wanted) {
        Map<String, StickTable> trial = new LinkedHashMap<>();
        for (TableSettings settings : wanted) {
            StickTable live = tables.get(settings.name());
            boolean isSame = live != null && live.settings().equals(settings);
            trial.put(settings.name(), isSame ? live : fresh(settings));
        }
        return trial::get;
    }

    /** Tables for trying something out on what these hold; see {@link StickTable#sketchOf}. The caller closes it. */
    public Sketches sketches() {
        return new Sketches();
    }

    /** Copies that are made when they are asked for. One thread. */
    public final class Sketches implements AutoCloseable {
        private final Map<String, StickTable> sketches = new LinkedHashMap<>();

        /** Null if there is no table of that name. */
        public StickTable table(String name) {
            StickTable live = tables.get(name);
            return live == null ? null : sketches.computeIfAbsent(name, key -> StickTable.sketchOf(live, clock));
        }

        @Override
        public void close() {
            sketches.values().forEach(StickTable::close);
        }
    }

    private StickTable fresh(TableSettings settings) {
        try {
            return StickTable.open(settings.withoutFile(), clock, false, notice -> {
                throw new AssertionError(notice);
            });
        } catch (IOException e) {
            throw new AssertionError(e); // there is no file
        }
    }
}
