package dev.weir.launch.ctl;

import java.util.List;

/** Tells an answer that refuses from one that answers: the API itself has no status codes. No state. */
final class Refusals {
    private static final List<String> BEGINNINGS = List.of(
            "Unknown command",
            "Permission denied",
            "No such",
            "Can't find",
            "Require ",
            "Required arguments",
            "Invalid",
            "Absolute weight",
            "Relative weight",
            "Trailing garbage",
            "Backend is using a static",
            "Unknown data type",
            "Data type not stored",
            "Integer value expected",
            "Expects ",
            "usage:",
            "'set server",
            "A table name",
            "A frontend name",
            "Frontend is already",
            "cannot change health",
            "Success=0");

    private Refusals() {}

    static boolean isRefusal(String answer) {
        return BEGINNINGS.stream().anyMatch(answer::startsWith);
    }
}
