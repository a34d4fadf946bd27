package dev.weir.config.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed page says what the registry says. To write it anew:
 * {@code mvn test -pl core -am -Dtest=DocumentationTest -Dsurefire.failIfNoSpecifiedTests=false -Dweir.docs.write=true}
 */
class DocumentationTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void shouldDescribeWhatTheRegistryHolds() throws IOException {
        String expected = ConfigurationPage.write();
        if (Boolean.getBoolean("weir.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected);
        }

        assertEquals(expected, Files.readString(PAGE), "docs/configuration.md is old: see this test's comment");
    }
}
