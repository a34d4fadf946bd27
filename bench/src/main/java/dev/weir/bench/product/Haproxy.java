package dev.weir.bench.product;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The one to beat. */
final class Haproxy implements Product {
    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public String advice() {
        return "install it (Debian, Ubuntu: apt-get install haproxy; Fedora: dnf install haproxy) or give --haproxy PATH";
    }

    @Override
    public Installed find(Path chosen) throws IOException {
        Path executable = Executables.find(name(), chosen);
        if (executable == null) {
            return null;
        }
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
