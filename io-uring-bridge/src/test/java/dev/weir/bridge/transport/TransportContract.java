package dev.weir.bridge.transport;

/**
 * What every transport does, whatever it does it with. A subclass opens one; the topics are in the classes above, from
 * {@link ConnectionContract} to {@link FaultContract}; {@link TransportFixture} checks after each test that nothing is left.
 */
public abstract class TransportContract extends FaultContract {}
