/**
 * What is measured. A {@link dev.weir.bench.scenario.Scenario} is data: a name, an axis with its points, and the kind of probe that
 * takes its figures. A new one is a row of {@link dev.weir.bench.scenario.Scenarios}; the runner does not change.
 */
package dev.weir.bench.scenario;
