package dev.weir.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsedClassesTest {
    private static boolean isInitialised;

    private final List<String> shown = new ArrayList<>();

    @TempDir
    private Path folder;

    /** Says when it is initialised. */
    static final class Met {
        static {
            isInitialised = true;
        }

        private Met() {}
    }

    @Test
    void shouldInitialiseWhatIsNamed() throws IOException {
        assertThat(isInitialised).isFalse();

        initialize(Files.writeString(folder.resolve("names"), "java.lang.String\n" + Met.class.getName() + "\n"));

        assertThat(isInitialised).isTrue();
        assertThat(shown).isEmpty();
    }

    @Test
    void shouldWarnOfAFileOfAnotherBuild() throws IOException {
        initialize(Files.writeString(folder.resolve("names"), "dev.weir.Gone\n"));

        assertThat(String.join("", shown))
                .contains("WARNING")
                .contains(folder.resolve("names") + " are of no use")
                .contains("dev.weir.Gone");
    }

    @Test
    void shouldWarnOfAFileThatIsGone() {
        initialize(folder.resolve("names"));

        assertThat(String.join("", shown)).contains("NoSuchFileException");
    }

    private void initialize(Path file) {
        RehearsedClasses.initialize(file, new StartupMessages(false, false, shown::add));
    }
}
