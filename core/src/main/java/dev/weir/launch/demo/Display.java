package dev.weir.launch.demo;

import java.util.List;

/** Shows the servers again and again. The caller lets one thread in at a time, except for {@link #lineTyped}. */
interface Display {
    /** The state now. */
    void show(List<Row> rows);

    /** Something happened that is worth a line of its own. */
    void event(String line);

    /** The user ended a line on the terminal, which moved the cursor. Any thread. */
    void lineTyped();
}
