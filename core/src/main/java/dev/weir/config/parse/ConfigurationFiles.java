package dev.weir.config.parse;

import dev.weir.config.model.Problems;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns what follows {@code -f} into files: a folder stands for its visible {@code *.cfg} files in the order of their bytes. */
public final class ConfigurationFiles {
    private ConfigurationFiles() {}

    public static List<String> expand(List<String> arguments, Problems problems) {
        List<String> files = new ArrayList<>(arguments.size());
        for (String argument : arguments) {
            var file = new File(argument);
            if (file.isDirectory()) {
                addFolder(argument, file, files, problems);
            } else if (file.exists()) {
                files.add(argument);
            } else {
                problems.alert("config : Cannot open configuration file/directory " + argument
                        + " : No such file or directory");
            }
        }
        return files;
    }

    private static void addFolder(String argument, File folder, List<String> files, Problems problems) {
        String[] names = folder.list((ignored, name) -> name.endsWith(".cfg") && !name.startsWith("."));
        if (names == null) {
            problems.alert("config : Cannot open configuration directory " + argument + " : Permission denied");
            return;
        }
        Arrays.sort(names);
        for (String name : names) {
            if (new File(folder, name).isFile()) {
                files.add(argument.endsWith("/") ? argument + name : argument + "/" + name);
            }
        }
    }
}
