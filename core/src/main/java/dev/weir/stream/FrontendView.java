package dev.weir.stream;

/** What expressions and logs may ask of a frontend. Any thread. */
public interface FrontendView {
    String name();

    /** Numeric proxy id, from 1 or as configured. */
    int id();

    /** {@code http} or {@code tcp}. */
    String mode();

    /** Established client connections now ({@code fe_conn}). */
    int connections();

    /** New sessions in the last second ({@code fe_sess_rate}). */
    int sessionRate();

    /** HTTP requests in the last second ({@code fe_req_rate}). */
    int requestRate();

    /** {@code timeout client} in milliseconds, 0 for none. */
    long clientTimeoutMs();

    /** Name of the default backend, or null ({@code fe_defbe}). */
    String defaultBackendName();

    /** {@code unique-id-format}, or null. */
    default StreamText uniqueIdFormat() {
        return null;
    }

    /** What is copied of this frontend's exchanges for logs and later rules. */
    default CapturePlan capturePlan() {
        return CapturePlan.NOTHING;
    }
}
