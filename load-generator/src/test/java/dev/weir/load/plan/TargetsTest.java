package dev.weir.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
    private final Targets targets = new Targets(new Targets.Common());

    @TempDir
    Path folder;

    @Test
    void shouldShareConnectionsOfOneServer() {
        targets.add("http://127.0.0.1:1/a", 3);
        targets.add("http://127.0.0.1:2/", 1);
        targets.add("http://127.0.0.1:1/b", 1);
        targets.add("tcp://127.0.0.1:1/echo", 1);
        targets.add("tcp://127.0.0.1:1/echo", 1);

        List<Target> all = targets.targets();

        assertThat(all).hasSize(4);
        assertThat(all.get(0).jobs()).hasSize(2);
        assertThat(all.get(0).weight()).isEqualTo(4);
        assertThat(all.get(0).name()).isEqualTo("127.0.0.1:1");
    }

    @Test
    void shouldDealEachRequestAsOftenAsItsWeight() {
        targets.add("http://127.0.0.1:1/a", 6);
        targets.add("http://127.0.0.1:1/b", 2);

        int[] deck = targets.targets().getFirst().deck();

        assertThat(deck).hasSize(4);
        assertThat(Arrays.stream(deck).filter(job -> job == 0).count()).isEqualTo(3);
    }

    @Test
    void shouldReadRequestsOfAFileInOrder() throws IOException {
        Files.writeString(folder.resolve("body"), "x=1");
        Path file = folder.resolve("requests");
        Files.writeString(file, """
                # comment
                GET http://127.0.0.1:1/a
                X-A: 1

                POST http://127.0.0.1:1/b
                Content-Type: text/plain
                @body
                GET http://127.0.0.1:1/c
                """);

        List<RequestFile.Entry> entries = RequestFile.read(file);
        entries.forEach(targets::add);

        assertThat(entries)
                .extracting(RequestFile.Entry::url)
                .extracting(url -> url.substring(url.length() - 1))
                .containsExactly("a", "b", "c");
        assertThat(entries.get(0).headers()).hasSize(1);
        assertThat(entries.get(1).body()).hasSize(3);
        assertThat(targets.targets().getFirst().deck()).containsExactly(0, 1, 2);
    }

    @Test
    void shouldSayWhereAFileIsWrong() throws IOException {
        Path file = folder.resolve("requests");
        Files.writeString(file, "GET http://127.0.0.1:1/a\nno header\n");

        assertThatThrownBy(() -> RequestFile.read(file)).hasMessageContaining("requests:2:");
        assertThatThrownBy(() -> RequestFile.read(folder.resolve("missing"))).hasMessageContaining("cannot read");
    }
}
