package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.convert.ConverterFamilies;
import dev.weir.sample.fetch.FetchFamilies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleNamesTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/weir/sample");

    /** Building the tables fails if a name is taken twice. */
    private final SampleNames names = SampleNames.standard();

    @Test
    void shouldDescribeEveryRowInOneLine() {
        assertThat(names.fetches().all()).allSatisfy(fetch -> assertOneLine(fetch.name(), fetch.description()));
        assertThat(names.converters().all())
                .allSatisfy(converter -> assertOneLine(converter.name(), converter.description()));
    }

    private static void assertOneLine(String name, String description) {
        assertThat(description).as(name).isNotBlank().doesNotContain("\n").hasSizeLessThan(120);
    }

    @Test
    void shouldOfferOnlyNamesThatHaproxyHas() {
        assertThat(names.fetches().all())
                .extracting(
                        fetch -> fetch.name().replaceFirst("^(re[qp])_", "$1.").replaceFirst("^(rep\\.|resp_)", "res."))
                .filteredOn(name -> !name.equals("nbproc"))
                .allMatch(KnownNames::isFetch);
        assertThat(names.converters().all()).extracting(Converter::name).allMatch(KnownNames::isConverter);
    }

    @Test
    void shouldListEveryFamilyThatExists() throws IOException {
        assertThat(FetchFamilies.ALL)
                .extracting(family -> family.getClass().getSimpleName())
                .containsExactlyInAnyOrderElementsOf(implementing("fetch", "implements FetchFamily"));
        assertThat(ConverterFamilies.ALL)
                .extracting(family -> family.getClass().getSimpleName())
                .containsExactlyInAnyOrderElementsOf(implementing("convert", "implements ConverterFamily"));
    }

    private static List<String> implementing(String folder, String marker) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
            return files.filter(file -> contains(file, marker))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
    }

    private static boolean contains(Path file, String marker) {
        try {
            return Files.readString(file).contains(marker);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
