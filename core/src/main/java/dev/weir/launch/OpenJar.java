package dev.weir.launch;

/**
 * Has the class loader open its jar, which it then keeps open. An upgrade moves another file into the jar's place while the process
 * goes on: classes that it needs later still come from the file that it has open. With an AOT cache nothing else would open it
 * before a class is wanted that the cache does not have.
 */
final class OpenJar {
    private OpenJar() {}

    /** Idempotent. Thread: the main one. */
    static void keep() {
        String anyEntry = OpenJar.class.getName().replace('.', '/') + ".class";
        if (OpenJar.class.getClassLoader().getResource(anyEntry) == null) {
            throw new IllegalStateException(anyEntry + " is not where its class came from");
        }
    }
}
