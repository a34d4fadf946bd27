package dev.weir.log;

import java.util.Locale;

/** The 24 facilities of syslog, in the order of their numbers. */
public enum Facility {
    KERN,
    USER,
    MAIL,
    DAEMON,
    AUTH,
    SYSLOG,
    LPR,
    NEWS,
    UUCP,
    CRON,
    AUTH2,
    FTP,
    NTP,
    AUDIT,
    ALERT,
    CRON2,
    LOCAL0,
    LOCAL1,
    LOCAL2,
    LOCAL3,
    LOCAL4,
    LOCAL5,
    LOCAL6,
    LOCAL7;

    /** Null if none has that name. */
    public static Facility of(String text) {
        for (Facility facility : values()) {
            if (facility.name().toLowerCase(Locale.ROOT).equals(text)) {
                return facility;
            }
        }
        return null;
    }
}
