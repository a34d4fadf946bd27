package dev.weir.sample.pattern;

import dev.weir.sample.SampleType;
import java.util.Locale;

/** What a map gives for a key: the last part of converters' names, such as {@code map_beg_int}. Closed set. */
public enum MapValue {
    STR(SampleType.STRING),
    INT(SampleType.INTEGER),
    IP(SampleType.ADDRESS),
    /** The key as it stands in the list. */
    KEY(SampleType.STRING);

    private final SampleType type;

    MapValue(SampleType type) {
        this.type = type;
    }

    public SampleType type() {
        return type;
    }

    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
