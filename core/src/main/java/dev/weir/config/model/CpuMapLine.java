package dev.weir.config.model;

import java.util.BitSet;

/**
 * {@code cpu-map [auto:]<thread-group>[/<threads>] <cpu-set>...}: threads from 1, CPUs from 0. With {@code auto} the n-th thread
 * gets the n-th CPU, else each thread may run on all of them.
 */
public record CpuMapLine(Position at, boolean auto, int threadFirst, int threadLast, BitSet cpus) {}
