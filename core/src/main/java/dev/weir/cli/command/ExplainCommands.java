package dev.weir.cli.command;

import dev.weir.cli.Answer;
import dev.weir.cli.Arguments;
import dev.weir.cli.CommandFailure;
import dev.weir.cli.CommandFamily;
import dev.weir.cli.CommandTable;
import dev.weir.cli.Level;
import dev.weir.cli.RuntimeControl;
import dev.weir.cli.explain.Explainer;
import dev.weir.cli.explain.Explanation;
import dev.weir.cli.explain.ExplanationJson;
import dev.weir.cli.explain.ExplanationText;
import dev.weir.cli.explain.MadeUpRequest;
import dev.weir.cli.explain.Sketch;
import java.util.ArrayList;
import java.util.List;

/** {@code explain}: what would become of a request now. It sees what operators may see, headers and tables among it. */
public final class ExplainCommands implements CommandFamily {
    private final RuntimeControl control;

    public ExplainCommands(RuntimeControl control) {
        this.control = control;
    }

    @Override
    public void describe(CommandTable table) {
        table.add(
                "explain",
                Level.OPERATOR,
                "explain [<method>] <url> [-H <field>]* ...",
                "report which rules and which server a request would meet",
                this::explain);
    }

    private void explain(Arguments arguments, Answer answer) throws CommandFailure {
        List<String> words = new ArrayList<>();
        while (arguments.hasNext()) {
            words.add(arguments.next());
        }
        try {
            MadeUpRequest request = MadeUpRequest.parse(words);
            try (Sketch sketch = control.sketch()) {
                Explanation explanation = Explainer.explain(sketch, request);
                if (request.isJson()) {
                    ExplanationJson.write(explanation, answer.text());
                } else {
                    ExplanationText.write(explanation, answer.text());
                }
            }
        } catch (MadeUpRequest.Mistake mistake) {
            throw new CommandFailure("Invalid request: %s", mistake.getMessage());
        }
    }
}
