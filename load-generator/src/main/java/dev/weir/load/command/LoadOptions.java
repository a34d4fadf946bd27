package dev.weir.load.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words of {@code weir load}, as written. Letters follow wrk and wrk2. */
final class LoadOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "URL",
            description = {
                "http://host[:port]/path, or",
                "tcp://host:port/echo?bytes=64           the same bytes back, compared",
                "tcp://host:port/ask?bytes=64&answer=1k  so many there, so many back",
                "tcp://host:port/connect                 connections only",
                "tcp://host:port/sink?bytes=64k          bulk to the server",
                "tcp://host:port/source?bytes=64k        bulk from the server"
            })
    List<String> urls = new ArrayList<>();

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            description = "Connections in all (10).")
    int connections = 10;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            description = "Event loops, each a thread (1).")
    int threads = 1;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = "How long to measure (10s).")
    String duration;

    @Option(
            names = {"-n", "--requests"},
            paramLabel = "N",
            description = "How many requests to measure, instead of or beside a time.")
    String requests;

    @Option(
            names = {"-R", "--rate"},
            paramLabel = "RATE",
            description = {
                "Open loop: requests per second in all, sent whether answers come or not; latency counts from when each was due.",
                "5000, a ramp 100..5000, or parts one after the other: 1k@10s,2k@10s,2k..0@5s."
            })
    String rate;

    @Option(names = "--arrivals", paramLabel = "KIND", description = "With -R: uniform or poisson (uniform).")
    String arrivals = "uniform";

    @Option(
            names = {"-w", "--warmup"},
            paramLabel = "TIME",
            description = "Load before measuring (1s; 0 with -n).")
    String warmup;

    @Option(
            names = "--no-priming",
            description =
                    "Do not have this program compiled first, by a second of load on itself; without a warm-up it is not done anyway.")
    boolean noPriming;

    @Option(names = "--think", paramLabel = "TIME[..TIME]", description = "Closed loop: pause before every request.")
    String think;

    @Option(names = "--pipeline", paramLabel = "N", description = "Requests sent at once on a connection (1).")
    int pipeline = 1;

    @Option(names = "--timeout", paramLabel = "TIME", description = "For an answer (2s).")
    String timeout = "2s";

    @Option(names = "--connect-timeout", paramLabel = "TIME", description = "For a connection (2s).")
    String connectTimeout = "2s";

    @Option(names = "--no-keepalive", description = "A connection for each request.")
    boolean noKeepAlive;

    @Option(names = "--connection-requests", paramLabel = "N", description = "Replace a connection after N requests.")
    long connectionRequests = Long.MAX_VALUE;

    @Option(names = "--connection-time", paramLabel = "TIME", description = "Replace a connection after a time.")
    String connectionTime;

    @Option(
            names = "--close",
            paramLabel = "WHO",
            description =
                    "Who ends a connection that is replaced: server (http), client (tcp), or reset (RST, no TIME_WAIT).")
    String close;

    @Option(
            names = "--source",
            paramLabel = "ADDRESS",
            split = ",",
            description = "Local addresses, in turn; A-B is a range.")
    List<String> sources = new ArrayList<>();

    @Option(names = "--connect-to", paramLabel = "HOST:PORT", description = "Connect there, whatever the URLs say.")
    String connectTo;

    @Option(names = "--unix-socket", paramLabel = "PATH", description = "Connect to a UNIX socket.")
    String unixSocket;

    @Option(
            names = {"-m", "--method"},
            paramLabel = "METHOD",
            description = "GET, or POST if there is a body.")
    String method;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "LINE",
            description = "'Name: value'; may be repeated.")
    List<String> headers = new ArrayList<>();

    @Option(
            names = {"-b", "--body"},
            paramLabel = "TEXT",
            description = "Body of every request.")
    String body;

    @Option(names = "--body-file", paramLabel = "FILE", description = "The same from a file.")
    Path bodyFile;

    @Option(
            names = {"-i", "--requests-file"},
            paramLabel = "FILE",
            description = "Requests in vegeta's form, in turn.")
    Path requestsFile;

    @Option(
            names = "--weights",
            paramLabel = "N",
            split = ",",
            description = "How often each URL is asked for, in their order.")
    List<Integer> weights = new ArrayList<>();

    @Option(
            names = "--expect-status",
            paramLabel = "STATUS",
            split = ",",
            description = "Right answers: 200, 3xx, ... (2xx,3xx).")
    List<String> expectStatus = new ArrayList<>();

    @Option(names = "--expect-length", paramLabel = "BYTES", description = "Right bodies have this length.")
    String expectLength;

    @Option(names = "--expect-crc32", paramLabel = "HEX", description = "Right bodies have this CRC-32.")
    String expectCrc32;

    @Option(names = "--expect-sha256", paramLabel = "HEX", description = "Right bodies have this SHA-256.")
    String expectSha256;

    @Option(names = "--same-body", description = "Every body must be like the first of its URL.")
    boolean sameBody;

    @Option(
            names = "--threshold",
            paramLabel = "BOUND",
            description = "Exit with 99 unless kept: 'p99<5ms', 'rate>=1000', 'errors<0.1%%', ...; may be repeated.")
    List<String> thresholds = new ArrayList<>();

    @Option(names = "--abort-on-fail", description = "End as soon as a threshold is missed.")
    boolean abortOnFail;

    @Option(
            names = {"-L", "--latency"},
            description = "The whole percentile spectrum, too.")
    boolean wholeSpectrum;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Result as JSON; - is standard output, instead of the text.")
    String json;

    @Option(names = "--csv", paramLabel = "FILE", description = "A row for each second.")
    Path csv;

    @Option(names = "--html", paramLabel = "FILE", description = "A page with charts, complete in one file.")
    Path html;

    @Option(names = "--hgrm", paramLabel = "FILE", description = "Percentiles as HdrHistogram's plotter reads them.")
    Path hgrm;

    @Option(
            names = "--hdr-log",
            paramLabel = "FILE",
            description = "A histogram for each second, in HdrHistogram's log format.")
    Path hdrLog;

    @Option(names = "--no-progress", description = "Nothing on standard error while it runs.")
    boolean noProgress;

    @Option(
            names = "--cpus",
            paramLabel = "LIST",
            description = "CPUs of the loops, such as 2,3 or 4-7: one each, in turn.")
    String cpus;

    @Option(
            names = "--spin",
            paramLabel = "TIME",
            description = "Look for events so long before sleeping: exacter pacing for a busy CPU.")
    String spin;

    @Option(names = "--transport", paramLabel = "KIND", description = "best, uring or nio (best).")
    String transport = "best";

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is random (1).")
    long seed = 1;
}
