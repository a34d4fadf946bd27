package dev.weir.bench.product;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something to measure. Stateless; where it was found is an {@link Installed}. */
public interface Product {
    /** The line without a proxy; it has no process of its own. */
    String DIRECT = "direct";

    String name();

    /** How to get it, for the note that says that it is missing. */
    String advice();

    /**
     * Looks for it.
     *
     * @param chosen the path that the user gave, or null
     * @return null if it is not there
     */
    Installed find(Path chosen) throws IOException;

    /** Why it cannot be measured in a mode; empty if it can. */
    default String refusal(Mode mode) {
        return "";
    }

    /** The configuration; empty if it takes none. */
    String configuration(Installed installed, Setup setup);

    /** Name of the configuration's file. */
    default String fileName(Setup setup) {
        return name() + "-" + setup.mode().keyword() + ".cfg";
    }

    /** How to start it in the foreground. */
    List<String> command(Installed installed, Setup setup, Path configuration);
}
