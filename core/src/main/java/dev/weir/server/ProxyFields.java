package dev.weir.server;

import dev.weir.rule.FormattedText;
import dev.weir.sample.Sample;
import dev.weir.sample.Scratch;
import dev.weir.stream.Stream;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** {@code set-proxy-v2-tlv-fmt} of one server. Immutable; any loop. */
public record ProxyFields(List<Field> fields) {
    /**
     * @param type 0 to 255
     * @param value of any length
     */
    public record Field(int type, FormattedText value) {}

    /** As {@link HeaderFields#write}. */
    public int write(Stream stream, Scratch scratch, MutableDirectBuffer header, int end, int bytesMax) {
        int last = end;
        Sample value = scratch.take();
        for (Field field : fields) {
            boolean fits = field.value().evaluate(stream, value)
                    && last + ProxyHeaderWriter.FIELD_HEAD_BYTES + value.length() <= bytesMax;
            if (fits) {
                last = ProxyHeaderWriter.writeField(field.type(), value.bytes(), value.length(), header, last);
            }
        }
        scratch.release(value);
        return last;
    }
}
