package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec.Family;
import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.AddressSpec.PortForm;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ResolversSection.NameServerLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The {@code nameserver} lines of {@code /etc/resolv.conf}: each is called by its address. Single-threaded. */
final class SystemNameServers {
    static final Path FILE = Path.of("/etc/resolv.conf");

    private static final String KEYWORD = "nameserver";
    private static final int PORT = 53;

    private final String file;
    private final ResolversDraft section;
    private final Problems problems;

    private SystemNameServers(String file, ResolversDraft section, Problems problems) {
        this.file = file;
        this.section = section;
        this.problems = problems;
    }

    /** Adds them to a section; those that cannot be used are told of. False if the file cannot be read. */
    static boolean addTo(ResolversDraft section, Path file, Problems problems) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return false; // the caller knows whether it is needed
        }
        var reader = new SystemNameServers(ByteText.fromNative(file.toString()), section, problems);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(KEYWORD)) {
                reader.add(new Position(reader.file, i + 1), lines.get(i).substring(KEYWORD.length()));
            }
        }
        return true;
    }

    private void add(Position at, String rest) {
        if (!rest.isEmpty() && !Character.isWhitespace(rest.charAt(0))) {
            return; // another keyword
        }
        String[] words = rest.strip().split("\\s+");
        String address = words[0];
        if (address.isEmpty()) {
            problems.warning(at, "nameserver line is missing address.");
            return;
        }
        NameServerLine same = section.nameServer(address);
        if (same != null) {
            problems.warning(
                    at,
                    "generated name for /etc/resolv.conf nameserver '" + address
                            + "' conflicts with another nameserver (declared at "
                            + same.at().file() + ":"
                            + same.at().line() + "), it appears to be a duplicate and will be excluded.");
        } else if (Literals.parse(address) == null) {
            problems.warning(at, "address '" + address + "' could not be recognized, nameserver will be excluded.");
        } else {
            section.add(at, address, new Inet(address, Family.ANY, address, PortForm.FIXED, PORT, PORT), false);
        }
    }
}
