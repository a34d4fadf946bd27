package dev.weir.resolver;

/** What a channel's key carries: what to do when it is ready. */
@FunctionalInterface
interface SelectedChannel {
    void ready();
}
