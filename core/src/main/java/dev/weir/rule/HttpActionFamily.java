package dev.weir.rule;

/** Actions of HTTP rules that belong together. */
public interface HttpActionFamily {
    /** Adds a row for each. */
    void describe(HttpActionTable table);
}
