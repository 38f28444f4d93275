/**
 * Monitors: one process is to be told of the end of another.
 *
 * Each request to a server makes one and ends it, so making and ending cost a few writes: a monitor is a member of two
 * rings, that of its watcher and that of its target, each in the order in which they were made.
 */
import type { Reference } from "../values/reference.ts";
import type { Process } from "./process.ts";

/** The rings that a monitor is a member of. */
type Side = "watcher" | "target";

export class Monitor {
  readonly reference: Reference;
  readonly watcher: Process;
  readonly target: Process;
  /** Neighbours among the watcher's monitors, in a ring. */
  watcherNext: Monitor;
  watcherBefore: Monitor;
  /** Neighbours among the monitors on the target, in a ring. */
  targetNext: Monitor;
  targetBefore: Monitor;

  constructor(reference: Reference, watcher: Process, target: Process) {
    this.reference = reference;
    this.watcher = watcher;
    this.target = target;
    this.watcherNext = this;
    this.watcherBefore = this;
    this.targetNext = this;
    this.targetBefore = this;
  }
}

/** Puts a monitor behind all others of a ring; gives the first of them. */
export function joined(first: Monitor | null, made: Monitor, side: Side): Monitor {
  if (first === null) return made;
  if (side === "watcher") {
    const last = first.watcherBefore;
    made.watcherBefore = last;
    made.watcherNext = first;
    last.watcherNext = made;
    first.watcherBefore = made;
  } else {
    const last = first.targetBefore;
    made.targetBefore = last;
    made.targetNext = first;
    last.targetNext = made;
    first.targetBefore = made;
  }
  return first;
}

/** Takes a monitor out of a ring; gives the first of the others, or null. */
export function parted(first: Monitor, gone: Monitor, side: Side): Monitor | null {
  const next = side === "watcher" ? gone.watcherNext : gone.targetNext;
  if (next === gone) return null;
  if (side === "watcher") {
    gone.watcherBefore.watcherNext = next;
    next.watcherBefore = gone.watcherBefore;
    gone.watcherNext = gone.watcherBefore = gone;
  } else {
    gone.targetBefore.targetNext = next;
    next.targetBefore = gone.targetBefore;
    gone.targetNext = gone.targetBefore = gone;
  }
  return first === gone ? next : first;
}

/** The monitors of a ring, in order, whatever becomes of them meanwhile. */
export function ring(first: Monitor | null, side: Side): Monitor[] {
  const members: Monitor[] = [];
  let one = first;
  while (one !== null) {
    members.push(one);
    const next: Monitor = side === "watcher" ? one.watcherNext : one.targetNext;
    one = next === first ? null : next;
  }
  return members;
}
