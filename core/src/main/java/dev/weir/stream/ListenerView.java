package dev.weir.stream;

/** What expressions and logs may ask of a bind line's listener. Any thread. */
public interface ListenerView {
    /** The bind line's {@code name}, or null. */
    String name();

    /** Numeric id of the listener, from 1 or as configured ({@code so_id}). */
    int id();

    /** Established connections of this listener now ({@code dst_conn}). */
    int connections();

    /** Whether it ends TLS, which {@code %ft} marks with a tilde. */
    boolean isTls();
}
