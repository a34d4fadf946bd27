package dev.weir.bridge.transport;

/** What a loop holds now and has done since its start. */
public record LoopFigures(
        int connectionsOpen,
        int buffersLent,
        int slotsTaken,
        int pipesLent,
        int timersPending,
        int virtualThreads,
        long turns,
        long completions,
        long submissions,
        long kernelEntries,
        long bufferExhaustions) {}
