package dev.weir.launch;

import dev.weir.cli.stat.StatColumn;
import dev.weir.cli.stat.StatsFile;
import dev.weir.cli.stat.StatsFile.Part;
import dev.weir.config.model.Guid;
import dev.weir.config.model.Severity;
import dev.weir.proxy.BindListener;
import dev.weir.proxy.Frontend;
import dev.weir.proxy.ProxyProcess;
import dev.weir.server.Server;
import dev.weir.server.ServerPool;
import dev.weir.stats.Counter;
import dev.weir.stats.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code stats-file}: adds what a process before this one had counted ({@code dump stats-file}, Weir's or HAProxy's). At the start only;
 * a reload keeps its counters. Rates and times of changes begin anew.
 */
final class SavedCounters {
    private final StartupMessages messages;
    private final Map<Part, Map<String, Counters>> owners =
            Map.of(Part.FRONT, new HashMap<>(), Part.BACK, new HashMap<>());

    /** @param process whose proxies are known */
    SavedCounters(ProxyProcess process, StartupMessages messages) {
        this.messages = messages;
        for (Frontend frontend : process.frontends().values()) {
            add(Part.FRONT, frontend.guid, frontend.state().counters());
        }
        for (BindListener listener : process.listeners()) {
            add(Part.FRONT, listener.guid(), listener.counters());
        }
        for (ServerPool pool : process.pools().all()) {
            add(Part.BACK, pool.settings().guid, pool.counters());
            for (Server server : pool.servers()) {
                add(Part.BACK, server.settings().guid, server.counters());
            }
        }
    }

    /** Counters are null where none are kept. */
    private void add(Part part, String guid, Counters counters) {
        if (!guid.isEmpty() && counters != null) {
            owners.get(part).put(guid, counters);
        }
    }

    /** What is wrong with the file is said, and the rest taken. Nothing to do if the name is empty. */
    void restore(String name) {
        if (name.isEmpty()) {
            return;
        }
        StatsFile file;
        try {
            List<String> lines = Files.readAllLines(Path.of(name), StandardCharsets.ISO_8859_1);
            file = StatsFile.read(lines);
        } catch (IOException e) {
            messages.show(Severity.WARNING, "config: Can't load stats-file '" + name + "': cannot open file.");
            return;
        }
        file.entries().forEach(entry -> take(entry, name));
        file.faultyLines().forEach(line -> ignored(line, name));
        if (!file.isValid()) {
            messages.show(Severity.WARNING, "config: Invalid stats-file format in file '" + name + "'.");
        }
    }

    private void ignored(int line, String name) {
        messages.show(Severity.WARNING, "config: Ignored stats-file line " + line + " in file '" + name + "'.");
    }

    /** One whose GUID nobody has here is passed over. */
    private void take(StatsFile.Entry entry, String name) {
        if (Guid.fault(entry.guid()) != null) {
            ignored(entry.line(), name);
            return;
        }
        Counters counters = owners.get(entry.part()).get(entry.guid());
        if (counters == null) {
            return;
        }
        for (Map.Entry<StatColumn, Long> value : entry.values().entrySet()) {
            Counter counter = Counter.ofColumn(value.getKey().text());
            if (counter != null) {
                counters.inherit(counter, value.getValue());
            }
        }
    }
}
