package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where each fetch may be used: as in the table that HAProxy prints of its own, but for what is listed here. */
class SamePlacesAsHaproxyTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\s*\\[ ([Y.](?: [Y.]){21}) \\] ([\\w.]+)");

    /** A column of HAProxy's table. */
    private record Place(int column, Hook hook, boolean hasBackend) {}

    private static final List<Place> PLACES = List.of(
            new Place(0, Hook.CONNECTION, false),
            new Place(1, Hook.SESSION, false),
            new Place(2, Hook.REQUEST, false),
            new Place(3, Hook.HTTP_REQUEST, false),
            new Place(6, Hook.REQUEST, true),
            new Place(7, Hook.HTTP_REQUEST, true),
            new Place(10, Hook.SERVER_CONNECTION, true),
            new Place(11, Hook.RESPONSE, true),
            new Place(12, Hook.HTTP_RESPONSE, true),
            new Place(18, Hook.LOG, false),
            new Place(20, Hook.CONFIGURATION, true));

    /** Known of any stream, and in more places than HAProxy says; or of no connection yet, and then without a value. */
    private static final Set<String> MORE = Set.of(
            "bytes_in",
            "bytes_out",
            "capture.req.hdr",
            "fc_pp_tlv",
            "fc_settings_streams_limit",
            "req.timer.hdr",
            "req.timer.idle",
            "req.timer.tq",
            "res.timer.hdr",
            "ssl_c_ca_err",
            "ssl_c_err",
            "ssl_c_used",
            "ssl_fc",
            "ssl_fc_err",
            "ssl_fc_is_resumed",
            "ssl_fc_sni");

    /** Timers of what has not ended, and raw bytes in HTTP rules: HAProxy takes them, and has no value there. */
    private static final Pattern LESS = Pattern.compile(
            "(txn\\.timer\\.(total|user)|res\\.timer\\.data|(req\\.|res\\.)?payload(_lv)?|(req\\.|req_|res\\.)len"
                    + "|(req\\.)?rdp_cookie(_cnt)?|(req|res|rep)[._]ssl_\\w+)");

    @TempDir
    Path folder;

    @Test
    void shouldTakeAFetchWhereHaproxyTakesIt() throws Exception {
        Set<String> more = new TreeSet<>();
        Set<String> less = new TreeSet<>();

        rows(HaproxyProbe.program()).forEach(row -> compare(row.group(2), row.group(1), more, less));

        assertThat(more).containsExactlyInAnyOrderElementsOf(MORE);
        assertThat(less).isNotEmpty().allMatch(LESS.asMatchPredicate());
    }

    private Stream<MatchResult> rows(String program) throws Exception {
        Path file = Files.writeString(folder.resolve("empty.cfg"), "global\n");
        Process process = new ProcessBuilder(program, "-dKsmp", "-q", "-c", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        return ROW.matcher(new String(process.getInputStream().readAllBytes())).results();
    }

    private static void compare(String name, String row, Set<String> more, Set<String> less) {
        Fetch fetch = SampleNames.standard().fetches().get(name);
        if (fetch == null) {
            return; // one of those that are refused by name
        }
        var context = new TestContext();
        for (Place place : PLACES) {
            context.ownBackend = place.hasBackend ? context.process.backend : null;
            boolean isExpected = row.charAt(2 * place.column) == 'Y';
            boolean isTaken = fetch.availability().at(place.hook, context);
            if (isTaken != isExpected) {
                (isTaken ? more : less).add(name);
            }
        }
    }
}
