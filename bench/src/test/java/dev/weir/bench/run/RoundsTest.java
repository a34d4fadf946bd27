package dev.weir.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bench.BenchFailure;
import dev.weir.report.data.Figure;
import dev.weir.report.data.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
    @TempDir
    Path folder;

    private final List<String> measured = new ArrayList<>();

    private List<Round> rounds(int wanted, int most, double... stolenByRound) throws IOException, BenchFailure {
        try (Histograms histograms = new Histograms(folder.resolve("x.hlog"))) {
            return new Rounds(wanted, most, 4, histograms)
                    .measure(List.of("a", "b", "c"), (number, quiet) -> {}, (product, round) -> {
                        measured.add(product + round);
                        var figures = new EnumMap<>(Map.of(Figure.P50, 1.0 / 3, Figure.MAX, Double.NaN));
                        double stolen = product.equals("b") ? stolenByRound[round - 1] : 0;
                        return new Measured(figures, null, stolen, 0, "", "");
                    });
        }
    }

    @Test
    void shouldLetAnotherOneBeginEachRound() throws IOException, BenchFailure {
        rounds(3, 9, 0, 0, 0);

        assertThat(measured).containsExactly("a1", "b1", "c1", "b2", "c2", "a2", "c3", "a3", "b3");
    }

    @Test
    void shouldMeasureAgainWhatTheHostDisturbed() throws IOException, BenchFailure {
        List<Round> rounds = rounds(2, 6, 1, 30, 2, 0);

        assertThat(rounds).hasSize(3);
        assertThat(rounds.stream().filter(Round::isKept).map(Round::number)).containsExactly(1, 3);
    }

    @Test
    void shouldKeepTheQuietestWhenItNeverGetsQuiet() throws IOException, BenchFailure {
        List<Round> rounds = rounds(2, 4, 50, 20, 40, 30);

        assertThat(rounds).hasSize(4);
        assertThat(rounds.stream().filter(Round::isKept).map(Round::number)).containsExactly(2, 4);
        assertThat(rounds.get(1).stolenPercent()).isEqualTo(20);
    }

    @Test
    void shouldWriteNumbersThatJsonKnows() throws IOException, BenchFailure {
        Round round = rounds(1, 1, 0).getFirst();

        assertThat(round.samples().get("a").figures())
                .containsEntry(Figure.P50, 0.333333)
                .containsEntry(Figure.MAX, 0.0);
    }

    @Test
    void shouldCallSteadyOnlyWhatNoLongerRises() {
        assertThat(TrafficMeter.isSteady(List.of(100.0, 100.0, 100.0))).isFalse();
        assertThat(TrafficMeter.isSteady(List.of(20.0, 100.0, 98.0, 101.0))).isTrue();
        assertThat(TrafficMeter.isSteady(List.of(20.0, 80.0, 90.0, 100.0))).isFalse();
        assertThat(TrafficMeter.isSteady(List.of(0.0, 0.0, 0.0, 0.0))).isFalse();
    }
}
