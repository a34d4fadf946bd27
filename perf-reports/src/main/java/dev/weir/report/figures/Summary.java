package dev.weir.report.figures;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Round;
import dev.weir.report.data.Sample;
import dev.weir.report.data.Series;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** What the rounds that count of one series say. */
public final class Summary {
    /** The line without a proxy. */
    public static final String DIRECT = "direct";
    /** Whom ratios are to, as long as it took part. */
    public static final String BASELINE = "haproxy";

    private static final List<String> ORDER = List.of(DIRECT, BASELINE, "nginx", "weir", "netty");

    private final List<Round> rounds;

    public Summary(Series series) {
        this.rounds = series.keptRounds();
    }

    /** In the order of tables. */
    public List<String> products() {
        LinkedHashSet<String> names = new LinkedHashSet<>(ORDER);
        LinkedHashSet<String> present = new LinkedHashSet<>();
        rounds.forEach(round -> present.addAll(round.samples().keySet()));
        names.retainAll(present);
        names.addAll(present);
        return List.copyOf(names);
    }

    /** Whom ratios are to; empty if there is no proxy but one. */
    public Optional<String> baseline() {
        List<String> proxies =
                products().stream().filter(name -> !name.equals(DIRECT)).toList();
        return proxies.contains(BASELINE)
                ? Optional.of(BASELINE)
                : proxies.stream().findFirst();
    }

    /** All figures that anybody has, in the order of columns. */
    public List<Figure> figures() {
        TreeSet<Figure> all = new TreeSet<>();
        for (Round round : rounds) {
            for (Sample sample : round.samples().values()) {
                all.addAll(sample.figures().keySet());
            }
        }
        return List.copyOf(all);
    }

    /** Round by round; shorter than the rounds where a figure is missing. */
    public List<Double> values(String product, Figure figure) {
        List<Double> values = new ArrayList<>();
        for (Round round : rounds) {
            Double value = value(round, product, figure);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static Double value(Round round, String product, Figure figure) {
        Sample sample = round.samples().get(product);
        return sample == null ? null : sample.figures().get(figure);
    }

    public Optional<Spread> spread(String product, Figure figure) {
        List<Double> values = values(product, figure);
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** The product's figure divided by another one's of the same round: what drifts drifts out of it. */
    public Optional<Spread> ratio(String product, String other, Figure figure) {
        List<Double> ratios = new ArrayList<>();
        for (Round round : rounds) {
            Double mine = value(round, product, figure);
            Double theirs = value(round, other, figure);
            if (mine != null && theirs != null && theirs != 0) {
                ratios.add(mine / theirs);
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /** What a ratio of this series shows; one round alone shows nothing. */
    public Verdict verdict(Figure figure, Spread ratio) {
        return rounds.size() > 1 ? Verdict.of(figure, ratio) : Verdict.NOT_SHOWN;
    }

    /** The product's figure less another one's of the same round. */
    public Optional<Spread> difference(String product, String other, Figure figure) {
        List<Double> differences = new ArrayList<>();
        for (Round round : rounds) {
            Double mine = value(round, product, figure);
            Double theirs = value(round, other, figure);
            if (mine != null && theirs != null) {
                differences.add(mine - theirs);
            }
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(Spread.of(differences));
    }

    /** Requests per second that an open loop asked for; empty for a closed one. */
    public OptionalDouble offeredRate() {
        return rounds.stream()
                .flatMap(round -> round.samples().values().stream())
                .map(sample -> sample.figures().get(Figure.OFFERED_RATE))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    /** How far the direct line moved while all were measured: nobody's proxy explains that. */
    public Optional<Spread> drift() {
        for (Figure figure : List.of(Figure.MACHINE_CPU_PER_REQUEST, Figure.MACHINE_CPU_PER_GIGABYTE)) {
            Optional<Spread> spread = spread(DIRECT, figure);
            if (spread.isPresent()) {
                return spread;
            }
        }
        return Optional.empty();
    }
}
