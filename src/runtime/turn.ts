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
export const turn = new Int32Array(2);

/**
 * Index of the reductions left in this slice of the turn. At a safe point with none left the engine asks
 * the scheduler, which gives the next slice or ends the turn.
 */
export const LEFT = 0;
/** Index of those in the slices to come. Slices keep native stacks small, whatever the budget; nobody sees them. */
export const REST = 1;
