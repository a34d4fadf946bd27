/**
 * Which server gets the next session: one file per algorithm, listed in {@link dev.weir.balance.BalanceAlgorithms}. The order
 * of servers is HAProxy's own, also with unequal weights and after changes, so that a key keeps its server when a
 * configuration moves between the two programs.
 *
 * <p>Threads: an algorithm belongs to one backend and is used under that backend's {@link dev.weir.sync.SpinLock}, because
 * choosing a server and taking a place on it have to be one step. Nothing here waits, and a pick allocates nothing.
 */
package dev.weir.balance;
