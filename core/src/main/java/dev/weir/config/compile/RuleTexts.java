package dev.weir.config.compile;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Position;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.RuleLine;
import dev.weir.config.model.StickLine;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the rules of a configuration were written, by their place. Immutable once made. */
public final class RuleTexts {
    private final Map<Place, String> texts = new HashMap<>();

    private record Place(String file, int line) {}

    public RuleTexts(Configuration configuration) {
        configuration.proxies().forEach(this::add);
    }

    /** Null if no rule stands there. */
    public String of(String file, int line) {
        return texts.get(new Place(file, line));
    }

    private void add(ProxySection proxy) {
        proxy.inherited().lines().forEach(this::add);
        proxy.rules().lines().forEach(this::add);
        if (proxy.frontend() != null) {
            proxy.frontend()
                    .useBackends()
                    .forEach(line -> add(line.at(), "use_backend " + line.target(), line.condition()));
        }
        if (proxy.backend() != null) {
            proxy.backend()
                    .useServers()
                    .forEach(line -> add(line.at(), "use-server " + line.target(), line.condition()));
            proxy.backend().stickLines().forEach(line -> add(line.at(), keyword(line), line.words()));
        }
        if (proxy.statsPage() != null) {
            add(proxy.statsPage().at(), "stats uri " + proxy.statsPage().uri(), List.of());
        }
    }

    private void add(RuleLine line) {
        add(line.at(), line.set().keyword(), line.words());
    }

    private static String keyword(StickLine line) {
        return "stick " + line.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void add(Position at, String start, List<String> words) {
        StringBuilder text = new StringBuilder(start);
        for (String word : words) {
            boolean isBare = !word.isEmpty() && word.indexOf(' ') < 0;
            text.append(' ').append(isBare ? word : '"' + word + '"');
        }
        texts.put(new Place(at.file(), at.line()), text.toString());
    }
}
