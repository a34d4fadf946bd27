package dev.weir.config.parse;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problem;
import dev.weir.config.model.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a text, and what was said of it. */
abstract class ConfigurationReaderFixture {
    final Problems problems = new Problems();
    final Environment environment = Environment.of(Map.of("FD", "7", "NAME", "été"));

    final Configuration read(String text) {
        return ConfigurationReader.readText("test.cfg", text.getBytes(StandardCharsets.UTF_8), environment, problems);
    }

    final String texts() {
        var out = new StringBuilder();
        for (Problem problem : problems.all()) {
            out.append(problem.format(1)).append('\n');
        }
        return out.toString();
    }
}
