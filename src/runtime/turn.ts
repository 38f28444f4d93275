/**
 * The budget of the turn that is running.
 *
 * One cell for all VMs of this copy of the library, because compiled code must reach it as a constant:
 * an element of an Int32Array is what V8 handles best across calls. A VM that runs inside a foreign
 * function of another saves and restores it.
 *
 * An engine may keep the number in a local variable while nobody else looks, and must write it back
 * before it calls the runtime or an operation that tells events.
 */
export const turn = new Int32Array(1);

/** Index of the reductions left in the turn; zero and below end it at the next safe point. */
export const LEFT = 0;
