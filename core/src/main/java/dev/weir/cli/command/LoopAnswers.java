package dev.weir.cli.command;

import dev.weir.cli.CommandFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what an event loop says when it has its turn. No state. */
final class LoopAnswers {
    private static final long PATIENCE_S = 10;

    private LoopAnswers() {}

    static <T> T await(CompletableFuture<T> answer) throws CommandFailure {
        try {
            return answer.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailure("An event loop does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
