package dev.weir.config.compile;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.LogProfileSection;
import dev.weir.log.LogFormat;
import dev.weir.log.LogProfile;
import dev.weir.stream.LogOrigin;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the log profiles that one proxy's {@code log} lines name. */
final class LogProfileCompiler {
    private LogProfileCompiler() {}

    /** @param formats compiles a format among the proxy's lines; null for null */
    static Map<String, LogProfile> compile(
            Configuration configuration, List<LogLine> lines, Function<LogFormatLine, LogFormat> formats) {
        Map<String, LogProfile> profiles = new HashMap<>();
        for (LogLine line : lines) {
            LogProfileSection section = configuration.logProfile(line.profile());
            if (section != null && !profiles.containsKey(section.name())) {
                profiles.put(section.name(), profile(section, formats));
            }
        }
        return profiles;
    }

    private static LogProfile profile(LogProfileSection section, Function<LogFormatLine, LogFormat> formats) {
        Map<LogOrigin, LogProfile.Step> steps = new EnumMap<>(LogOrigin.class);
        LogProfile.Step otherwise = null;
        for (var line : section.steps()) {
            var step = new LogProfile.Step(
                    line.isDropped(), formats.apply(line.format()), formats.apply(line.structuredData()));
            if (line.origin() == null) {
                otherwise = step;
            } else {
                steps.put(line.origin(), step);
            }
        }
        return new LogProfile(section.tag(), steps, otherwise);
    }
}
