package dev.weir.launch.demo;

/** What the display shows of one server at one time. */
record Row(
        String name,
        String address,
        String state,
        String check,
        int sessions,
        long total,
        int perSecond,
        long bytesIn,
        long bytesOut) {
    boolean isUp() {
        return state.startsWith("UP") || state.equals("no check");
    }
}
