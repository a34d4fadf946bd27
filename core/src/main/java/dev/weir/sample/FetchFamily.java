package dev.weir.sample;

/** A group of fetches that belong together: one table row each. */
public interface FetchFamily {
    void describe(FetchTable table);
}
