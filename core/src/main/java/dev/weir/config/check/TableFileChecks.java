package dev.weir.config.check;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Stick tables with {@code persist} have a file each. No state. */
final class TableFileChecks {
    private TableFileChecks() {}

    static void check(Configuration configuration, Problems problems) {
        Map<Path, String> owners = new HashMap<>();
        for (ProxySection proxy : configuration.proxies()) {
            var line = proxy.stickTable();
            if (line == null || line.settings().file() == null || proxy.disabled()) {
                continue;
            }
            Path file = line.settings().file().toAbsolutePath().normalize();
            String owner = owners.putIfAbsent(file, proxy.name());
            if (owner != null) {
                problems.alert(
                        line.at(), "stick-table: '" + file + "' is the file of stick-table '" + owner + "', too.");
            }
        }
    }
}
