package dev.weir.bench.product;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Ours: the executable at the root, or another build of it. */
final class WeirProxy implements Product {
    private final Path root;

    /** @param root the project's folder */
    WeirProxy(Path root) {
        this.root = root;
    }

    @Override
    public String name() {
        return "weir";
    }

    @Override
    public String advice() {
        return "give --weir PATH";
    }

    @Override
    public Installed find(Path chosen) throws IOException {
        Path executable = Executables.find(name(), chosen == null ? root.resolve("weir") : chosen);
        String line = Executables.firstLine(Executables.output(List.of(executable.toString(), "-v")));
        String[] words = line.split(" ");
        return new Installed(this, executable, words.length > 2 ? words[2] : line);
    }

    @Override
    public String configuration(Installed installed, Setup setup) {
        return HaproxyConfiguration.of(installed, setup);
    }

    @Override
    public List<String> command(Installed installed, Setup setup, Path configuration) {
        return List.of(installed.executable().toString(), "-db", "-f", configuration.toString());
    }
}
