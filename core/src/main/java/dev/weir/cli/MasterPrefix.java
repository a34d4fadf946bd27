package dev.weir.cli;

/** Whom a command on a master's socket is for. There is one process, which is its own master and its only worker. */
enum MasterPrefix {
    MASTER,
    WORKER;

    static final long PID = ProcessHandle.current().pid();

    /** {@code @master}, {@code @0}, {@code @}, {@code @1}, {@code @!<pid>}, also with one more {@code @}; null for nobody. */
    static MasterPrefix of(String words) {
        String word = staysThere(words) ? words.substring(1) : words;
        if (word.equals("@master") || word.equals("@0") || word.equals("@")) {
            return MASTER;
        }
        return word.equals("@1") || word.equals("@!" + PID) ? WORKER : null;
    }

    /** {@code @@}: the rest of the connection is with whom it names. */
    static boolean staysThere(String word) {
        return word.startsWith("@@");
    }
}
