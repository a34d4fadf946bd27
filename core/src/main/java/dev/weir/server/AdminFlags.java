package dev.weir.server;

/** Bits of a server's administrative state ({@code srv_admin_state}); it is out of maintenance or drain when no bit of the kind is left. */
public final class AdminFlags {
    /** Maintenance by the runtime API. */
    public static final int FORCED_MAINTENANCE = 0x01;
    /** Maintenance inherited from a tracked server. */
    public static final int INHERITED_MAINTENANCE = 0x02;
    /** Maintenance by {@code disabled} in the configuration. */
    public static final int CONFIGURED_MAINTENANCE = 0x04;
    /** Drain by the runtime API. */
    public static final int FORCED_DRAIN = 0x08;
    /** Drain inherited from a tracked server. */
    public static final int INHERITED_DRAIN = 0x10;
    /** Maintenance because its name has no address. */
    public static final int RESOLUTION_MAINTENANCE = 0x20;
    /** Its name is another one than the configuration's. This alone is no maintenance. */
    public static final int RENAMED = 0x40;

    static final int MAINTENANCE =
            FORCED_MAINTENANCE | INHERITED_MAINTENANCE | CONFIGURED_MAINTENANCE | RESOLUTION_MAINTENANCE;
    static final int DRAIN = FORCED_DRAIN | INHERITED_DRAIN;

    private AdminFlags() {}

    public static boolean isMaintenance(int flags) {
        return (flags & MAINTENANCE) != 0;
    }

    public static boolean isDrain(int flags) {
        return (flags & DRAIN) != 0;
    }
}
