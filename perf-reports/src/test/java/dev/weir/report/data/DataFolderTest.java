package dev.weir.report.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.report.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        Results results = Runs.results("abc", Runs.series(64, List.of(10.0, 11.5), List.of(8.0, 8.25)));

        new DataFolder(folder).write(results);

        assertThat(new DataFolder(folder).read()).isEqualTo(results);
    }

    @Test
    void shouldReplaceOnlyTheSamePoint() {
        Series first = Runs.series(64, List.of(10.0), List.of(8.0));
        Series other = Runs.series(512, List.of(9.0), List.of(7.0));
        Series again = Runs.series(64, List.of(10.5), List.of(8.5));

        Results results = Runs.results("abc", first, other, again);

        assertThat(results.points("l4-64b", "one-cpu")).containsExactly(again, other);
    }

    @Test
    void shouldFindTheFolderFromWhateverTheUserNames() throws IOException {
        Path data = folder.resolve("report/data");
        new DataFolder(data).write(Runs.results("abc"));

        for (Path named : List.of(folder.resolve("report"), data, data.resolve("run.json"))) {
            assertThat(DataFolder.at(named).hasResults()).as(named.toString()).isTrue();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFolder() throws IOException {
        assertThatThrownBy(() -> DataFolder.at(folder).read()).hasMessageContaining("not the folder of a run");

        Files.writeString(folder.resolve("run.json"), "{ \"format\": 99 }");
        assertThatThrownBy(() -> DataFolder.at(folder).read()).hasMessageContaining("another format");

        Files.writeString(folder.resolve("run.json"), "{ nonsense");
        assertThatThrownBy(() -> DataFolder.at(folder).read()).hasMessageContaining("cannot be read");
    }

    @Test
    void shouldKnowAnotherMachineOrCommit() {
        assertThat(Runs.environment("abc").isSameAs(Runs.environment("abc"))).isTrue();
        assertThat(Runs.environment("abc").isSameAs(Runs.environment("abd"))).isFalse();
    }
}
