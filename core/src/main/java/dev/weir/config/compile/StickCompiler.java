package dev.weir.config.compile;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.StickLine;
import dev.weir.config.model.StickTableLine;
import dev.weir.stick.StoredData;
import dev.weir.stick.TableSettings;
import java.util.ArrayList;
import java.util.List;

/** Stick tables as they have to be made: with what stick rules anywhere want to note in them. No state. */
final class StickCompiler {
    private StickCompiler() {}

    static TableSettings settings(StickTableLine line, Configuration configuration) {
        TableSettings settings = line.settings();
        if (!isUsedByStickRules(settings.name(), configuration)) {
            return settings;
        }
        List<TableSettings.Stored> stored = new ArrayList<>(settings.stored());
        for (StoredData data : new StoredData[] {StoredData.SERVER_ID, StoredData.SERVER_KEY}) {
            if (stored.stream().noneMatch(each -> each.data() == data)) {
                stored.add(new TableSettings.Stored(data, 1, 0));
            }
        }
        return settings.storing(stored);
    }

    private static boolean isUsedByStickRules(String table, Configuration configuration) {
        for (ProxySection proxy : configuration.proxies()) {
            if (proxy.backend() != null) {
                for (StickLine line : proxy.backend().stickLines()) {
                    if (tableOf(line, proxy).equals(table)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String tableOf(StickLine line, ProxySection proxy) {
        int at = line.words().indexOf("table");
        return at < 0 || at + 1 >= line.words().size()
                ? proxy.name()
                : line.words().get(at + 1);
    }
}
