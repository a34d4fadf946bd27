package dev.weir.cli;

/** Whom a command on a master's socket is for. There is one process, which is its own master and its only worker. */
enum MasterPrefix {
    MASTER,
    WORKER;

    static final long PID = ProcessHandle.current().pid();

    /** {@code @master}, {@code @0}, {@code @1}, {@code @!<pid>}; null for nobody. */
    static MasterPrefix of(String word) {
        if (word.equals("@master") || word.equals("@0")) {
            return MASTER;
        }
        return word.equals("@1") || word.equals("@!" + PID) ? WORKER : null;
    }
}
