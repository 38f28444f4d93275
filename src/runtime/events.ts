/**
 * The event stream: what happened to processes, in order. `--debug`, `--trace`, statistics and the
 * tests that hold the engines against each other all read it. It is the same, byte for byte, however a
 * program is run, so it holds no values of the program and no clock times.
 */

/** What a process waits for, and what ends the waiting. */
export type WaitKind = "message" | "end" | "timer" | "foreign";
export type WakeCause = WaitKind;

export type EventKind = VMEvent["e"];

/** `p` is a process number, 0 the host; `r` the reductions of that process since its birth. */
export type VMEvent =
  | { readonly e: "spawn"; readonly p: number; readonly r: number; readonly child: number }
  | { readonly e: "turn"; readonly p: number; readonly r: number }
  | { readonly e: "send"; readonly p: number; readonly r: number; readonly to: number }
  | { readonly e: "receive"; readonly p: number; readonly r: number }
  | { readonly e: "block"; readonly p: number; readonly r: number; readonly on: WaitKind }
  | { readonly e: "wake"; readonly p: number; readonly r: number; readonly by: WakeCause }
  | { readonly e: "preempt"; readonly p: number; readonly r: number }
  | { readonly e: "exit"; readonly p: number; readonly r: number; readonly kind: string };

export type EventListener = (event: VMEvent) => void;
