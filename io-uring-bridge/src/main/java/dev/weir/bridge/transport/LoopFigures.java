package dev.weir.bridge.transport;

/**
 * What a loop holds now and has done since its start.
 *
 * @param pipesFree pipes that are kept for the next direction that is spliced
 * @param tasksReady what could run now and waits for its turn
 * @param bytesSpliced that a pipe has passed on to their target
 */
public record LoopFigures(
        int connectionsOpen,
        int buffersLent,
        int slotsTaken,
        int pipesLent,
        int pipesFree,
        int timersPending,
        int virtualThreads,
        int tasksReady,
        long turns,
        long completions,
        long submissions,
        long kernelEntries,
        long bufferExhaustions,
        long bytesSpliced) {}
