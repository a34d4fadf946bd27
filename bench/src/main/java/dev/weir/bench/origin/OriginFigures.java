package dev.weir.bench.origin;

/**
 * What the origin has done since its start, or in a window.
 *
 * @param connections accepted
 * @param requests answered
 * @param bytesIn of requests' bodies
 * @param bytesOut of answers, with their heads
 */
public record OriginFigures(long connections, long requests, long bytesIn, long bytesOut) {
    public OriginFigures since(OriginFigures before) {
        return new OriginFigures(
                connections - before.connections,
                requests - before.requests,
                bytesIn - before.bytesIn,
                bytesOut - before.bytesOut);
    }

    public long bytes() {
        return bytesIn + bytesOut;
    }
}
