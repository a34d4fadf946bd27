package dev.weir.e2e;

/** Which transport the process is told to take. */
enum Way {
    /** Whatever the machine has. */
    BEST(""),
    NIO("-Dweir.transport=nio");

    private final String options;

    Way(String options) {
        this.options = options;
    }

    /** For the launcher's WEIR_JAVA_OPTS. */
    String options() {
        return options;
    }
}
