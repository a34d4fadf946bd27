package dev.weir.stream;

/** What expressions and logs may ask of a server. Any thread. */
public interface ServerView {
    String name();

    /** Numeric id within its backend, from 1 or as configured. */
    int id();

    BackendView backend();

    /** The configuration names it in rules or expressions: it cannot be removed at run time. */
    void pin();

    /** Whether new sessions may go to it ({@code srv_is_up}: not down, not in maintenance). */
    boolean isUp();

    /** Sessions on it now ({@code srv_conn}). */
    int connections();

    /** Limit of concurrent sessions, 0 for none. */
    int connectionsMax();

    /** How many sessions may wait for it ({@code maxqueue}), 0 for any number. */
    int queuedMax();

    /** Whether it is used only when no other server is ({@code backup}). */
    boolean isBackup();

    /** Whether entries of stick tables may come to lead to it: not {@code non-stick}. */
    boolean isSticky();

    /** Sessions that wait for it ({@code srv_queue}). */
    int queued();

    /** New sessions in the last second ({@code srv_sess_rate}). */
    int sessionRate();

    /** Weight as configured ({@code srv_iweight}). */
    int initialWeight();

    /** Weight as last set ({@code srv_uweight}). */
    int userWeight();

    /** Weight in force, slow start included ({@code srv_weight}). */
    int effectiveWeight();
}
