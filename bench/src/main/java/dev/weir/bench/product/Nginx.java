package dev.weir.bench.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** nginx: its stream module in {@code mode tcp}, its proxy module in {@code mode http}. */
final class Nginx implements Product {
    private static final String STREAM_MODULE = "ngx_stream_module.so";
    private static final int SPARE_FILES = 100;
    private static final Pattern MODULES_PATH = Pattern.compile("--modules-path=(\\S+)");

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String advice() {
        return "install it (Debian, Ubuntu: apt-get install nginx libnginx-mod-stream; Fedora: dnf install nginx nginx-mod-stream)"
                + " or give --nginx PATH";
    }

    @Override
    public Installed find(Path chosen) throws IOException {
        Path executable = Executables.find(name(), chosen);
        if (executable == null) {
            return null;
        }
        String line = Executables.firstLine(Executables.output(List.of(executable.toString(), "-v")));
        return new Installed(this, executable, line.substring(line.indexOf('/') + 1));
    }

    @Override
    public String fileName(Setup setup) {
        return name() + "-" + setup.mode().keyword() + ".conf";
    }

    @Override
    public String configuration(Installed installed, Setup setup) {
        boolean hasRules = setup.hasRules();
        return new Template("nginx-" + setup.mode().keyword() + ".conf")
                .fill(Map.ofEntries(
                        Map.entry("conditions", Template.part(hasRules, "nginx-conditions.conf")),
                        Map.entry("locations", Template.part(hasRules, "nginx-locations.conf")),
                        Map.entry("rules", Template.part(hasRules, "nginx-rules.conf")),
                        Map.entry("product", name() + " " + installed.version()),
                        Map.entry("loadModule", setup.mode() == Mode.TCP ? loadModule(installed) : ""),
                        Map.entry("threads", Integer.toString(setup.cpus().size())),
                        Map.entry("cpuMasks", cpuMasks(setup)),
                        Map.entry("connections", Integer.toString(2 * setup.maxConn())),
                        Map.entry("openFiles", Integer.toString(2 * setup.maxConn() + SPARE_FILES)),
                        Map.entry("reusePort", setup.cpus().size() > 1 ? " reuseport" : ""),
                        Map.entry("folder", setup.folder().toString()),
                        Map.entry("port", Integer.toString(setup.port())),
                        Map.entry("origin", Integer.toString(setup.originPort()))));
    }

    /** A worker for each CPU: a one at its place, from the right. */
    private static String cpuMasks(Setup setup) {
        return setup.cpus().cpus().stream().map(cpu -> "1" + "0".repeat(cpu)).collect(Collectors.joining(" "));
    }

    /** Where the stream module is a file of its own. Where it is neither built in nor found, nginx itself says what is missing. */
    private static String loadModule(Installed installed) {
        String build;
        try {
            build = Executables.output(List.of(installed.executable().toString(), "-V"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!build.contains("--with-stream=dynamic")) {
            return "";
        }
        Matcher matcher = MODULES_PATH.matcher(build);
        return Stream.of(
                        installed.executable().resolveSibling(STREAM_MODULE),
                        Path.of(matcher.find() ? matcher.group(1) : "/usr/lib/nginx/modules", STREAM_MODULE),
                        Path.of("/usr/lib/nginx/modules", STREAM_MODULE),
                        Path.of("/usr/lib64/nginx/modules", STREAM_MODULE))
                .filter(Files::exists)
                .findFirst()
                .map(file -> "load_module " + file + ";")
                .orElse("");
    }

    @Override
    public List<String> command(Installed installed, Setup setup, Path configuration) {
        return List.of(
                installed.executable().toString(),
                "-e",
                "stderr",
                "-p",
                setup.folder().toString(),
                "-c",
                configuration.toAbsolutePath().toString()); // a relative name would be one in its own folder
    }
}
