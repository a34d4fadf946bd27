/** Child processes of a run. Every one of them ends with the runner, whatever ends the runner. Thread: the runner's main thread starts and stops; the JVM's shutdown stops what is left. */
package dev.weir.bench.process;
