/**
 * Data-dependent work: what an instruction did beyond its fixed cost.
 *
 * Operations whose time grows with their data (copying, comparing, filling, making texts) count here
 * while they work. When the effect of an instruction is complete, its engine calls `settleWork` and
 * charges the process the reductions it returns. So both engines charge the same, because the shared
 * operation does the counting; code that an engine inlines handles only cases that add nothing.
 */

/** One more reduction for this many values copied, created, filled in, compared or tried. */
export const VALUES_PER_REDUCTION = 16;
/** One more reduction for this many UTF-16 units made or compared. */
export const UNITS_PER_REDUCTION = 1024;

/** No single instruction is charged more, so that an engine can subtract without leaving 32 bits. */
const LARGEST_CHARGE = 2 ** 30;

/** Counts since the last settling; zero between instructions. */
export const work = { values: 0, units: 0 };

/** The reductions for the work counted since the last call, rounded down for each kind. */
export function settleWork(): number {
  const { values, units } = work;
  if (values < VALUES_PER_REDUCTION && units < UNITS_PER_REDUCTION) {
    work.values = 0;
    work.units = 0;
    return 0;
  }
  const charge = Math.floor(values / VALUES_PER_REDUCTION) + Math.floor(units / UNITS_PER_REDUCTION);
  work.values = 0;
  work.units = 0;
  return Math.min(charge, LARGEST_CHARGE);
}
