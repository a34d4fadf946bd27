package dev.weir.report.figures;

import dev.weir.report.data.Figure;
import dev.weir.report.data.Figure.Better;

/** What a ratio with its spread shows. */
public enum Verdict {
    BETTER,
    WORSE,
    /** The spread contains 1, or nobody says which way is good. */
    NOT_SHOWN;

    public static Verdict of(Figure figure, Spread ratio) {
        if (figure.better() == Better.NEITHER || ratio.low() <= 1 && ratio.high() >= 1) {
            return NOT_SHOWN;
        }
        return ratio.low() > 1 == (figure.better() == Better.HIGHER) ? BETTER : WORSE;
    }
}
