/**
 * Copying values from one process to another.
 *
 * A process owns its values: what reaches an Array or an Object that is not frozen is copied, at the
 * moment it leaves; everything else is shared. Inner sharing, cycles, attributes, order and prototypes
 * are kept.
 *
 * Two passes, both without recursion. The first finds all compound values that can be reached and who
 * points to whom; mutable ones, and backwards from them all that reach them, must be copied. Most
 * messages end there: nothing mutable, nothing to copy. The second makes empty copies and fills them.
 */
import { systemLimit } from "../errors.ts";
import { FIXED_LIMITS } from "../limits.ts";
import { defineAccessor, ownAccessor } from "./accessor.ts";
import { BYTES_PER_UNIT, FloatArray } from "./bytes.ts";
import { type Compound, isCompound, isMutable, rememberImmutable } from "./compound.ts";
import { exoticOf, stamp } from "./exotic.ts";
import { FunctionMembers, FunctionValue } from "./function.ts";
import { reserve } from "./memory.ts";
import {
  defineProperty,
  IonObject,
  type NativeKey,
  ownKeys,
  ownProperty,
  prototypesOf,
  setPrototypes,
} from "./object.ts";
import { MOST_SMALL_PARTS, smallCopy } from "./small-copy.ts";
import { emptyArray, Tagged, Tuple, type Value, type ValueArray } from "./value.ts";
import { work } from "./work.ts";

/**
 * The value as another process gets it. Counts one value for each that is visited.
 * @throws ProgramError `(system_limit, message)` if more than `most` values had to be visited
 */
export function copyValue(value: Value, most: number = MOST_VALUES): Value {
  work.values++;
  return typeof value === "object" ? copyObject(value, most) : value;
}

const MOST_VALUES = FIXED_LIMITS.messageValues.value;

function copyObject(value: Exclude<Value, number | boolean | string>, most: number): Value {
  if (!Array.isArray(value)) {
    switch (value.kind) {
      case "Tuple":
        if (value.immutable || isPlain(value)) return value;
        break;
      case "Tagged":
        if (value.immutable) return value;
        break;
      default:
    }
  }
  if (!isCompound(value)) return value;
  return (most > MOST_SMALL_PARTS ? smallCopy(value) : undefined) ?? new Copying(most).copy(value);
}

/** Tuples in tuples so deep are looked at without the lists that deeper ones need. */
const PLAIN_DEPTH = 4;
/** So many tuples in one are no common message. */
const MOST_MARKED = 32;
/** Tuples found immutable, which must not stay so if something mutable is found behind them; and how many. */
const marked: (Tuple | null)[] = [];
let markedCount = 0;

/** The common message: tuples of values without parts. Marks them, and counts what they hold. */
function isPlain(tuple: Tuple): boolean {
  const before = work.values;
  markedCount = 0;
  const plain = allPlain(tuple, PLAIN_DEPTH);
  // Otherwise it is to be counted, and marked, by those who look at everything.
  if (!plain) work.values = before;
  for (let i = 0; i < markedCount; i++) {
    if (!plain) marked[i]!.immutable = false;
    marked[i] = null;
  }
  return plain;
}

function allPlain(tuple: Tuple, depth: number): boolean {
  const { items } = tuple;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (typeof item !== "object" || !isCompound(item)) continue;
    if (depth === 0 || !(item instanceof Tuple) || !allPlain(item, depth - 1)) return false;
  }
  if (markedCount === MOST_MARKED) return false;
  work.values += items.length;
  tuple.immutable = true;
  marked[markedCount++] = tuple;
  return true;
}

class Copying {
  readonly #most: number;
  /** Every compound value that was reached, in the order found. */
  readonly #reached: Compound[] = [];
  readonly #index = new Map<Compound, number>();
  /** By index: the indexes of those that point to it. */
  readonly #pointers: number[][] = [];
  /** By index: does it reach something mutable, so that it must be copied? */
  #changing: readonly boolean[] = [];
  readonly #copies = new Map<Compound, Compound>();

  constructor(most: number) {
    this.#most = most;
  }

  copy(root: Compound): Value {
    this.#changing = this.#reaching(this.#explore(root));
    this.#rememberImmutable();
    return this.#changing[0] ? this.#rebuild() : root;
  }

  /** Fills the lists above; gives the indexes of the values that a program could change. */
  #explore(root: Compound): number[] {
    const mutable: number[] = [];
    let visited = 1;
    this.#reach(root, -1);
    for (let i = 0; i < this.#reached.length; i++) {
      const value = this.#reached[i];
      if (isMutable(value)) mutable.push(i);
      forEachPart(value, (part) => {
        if (++visited > this.#most) throw systemLimit("message");
        if (isCompound(part)) this.#reach(part, i);
      });
    }
    work.values += visited - 1;
    return mutable;
  }

  #reach(value: Compound, from: number): void {
    let index = this.#index.get(value);
    if (index === undefined) {
      index = this.#reached.length;
      this.#index.set(value, index);
      this.#reached.push(value);
      this.#pointers.push([]);
    }
    if (from >= 0) this.#pointers[index].push(from);
  }

  /** By index: can it reach one of these? */
  #reaching(targets: readonly number[]): boolean[] {
    const reaching = new Array<boolean>(this.#reached.length).fill(false);
    const open = [...targets];
    for (let i = open.pop(); i !== undefined; i = open.pop()) {
      if (reaching[i]) continue;
      reaching[i] = true;
      for (const from of this.#pointers[i]) open.push(from);
    }
    return reaching;
  }

  #rememberImmutable(): void {
    for (let i = 0; i < this.#reached.length; i++) {
      const value = this.#reached[i];
      if (this.#changing[i] || Array.isArray(value)) continue;
      if (value.kind === "Tuple" || value.kind === "Tagged") value.immutable = true;
      else if (value.kind === "Object" || (value.kind === "Function" && value.members !== null))
        rememberImmutable(value);
    }
  }

  /**
   * Mutable values first, empty, since only they can close a cycle. The immutable ones that reach them
   * follow, each once its parts are there.
   */
  #rebuild(): Value {
    const immutable: Compound[] = [];
    const mutable: (ValueArray | IonObject)[] = [];
    const copyOf = (part: Value): Value => this.#copyOf(part);
    for (let i = 0; i < this.#reached.length; i++) {
      if (!this.#changing[i]) continue;
      const value = this.#reached[i];
      if (Array.isArray(value)) {
        mutable.push(value);
        this.#copies.set(value, emptyArray());
      } else if (value.kind === "Object") {
        mutable.push(value);
        this.#copies.set(value, new IonObject());
      } else if (value.kind === "Float64Array") {
        this.#copies.set(value, copyOfFloats(value));
      } else {
        immutable.push(value);
      }
    }
    for (const value of immutable) this.#copyImmutable(value);
    for (const value of mutable) this.#fill(value, copyOf);
    return this.#copies.get(this.#reached[0])!;
  }

  #copyImmutable(root: Compound): void {
    const open: Compound[] = [root];
    while (open.length > 0) {
      const value = open[open.length - 1];
      if (this.#copies.has(value)) {
        open.pop();
        continue;
      }
      const before = open.length;
      forEachPart(value, (part) => {
        if (this.#mustCopy(part) && !this.#copies.has(part)) open.push(part);
      });
      if (open.length > before) continue;
      open.pop();
      this.#copies.set(value, this.#copyOfImmutable(value as Tuple | Tagged | FunctionValue));
    }
  }

  #mustCopy(part: Value): part is Compound {
    return isCompound(part) && this.#changing[this.#index.get(part)!];
  }

  #copyOfImmutable(value: Tuple | Tagged | FunctionValue): Compound {
    switch (value.kind) {
      case "Tuple":
        return new Tuple(value.items.map((item) => this.#copyOf(item)));
      case "Tagged":
        return new Tagged(value.tag, this.#copyOf(value.payload));
      case "Function": {
        const captured = value.captured.map((item) => this.#copyOf(item));
        const copy = new FunctionValue(value.code, value.foreign, captured, this.#copyOf(value.self));
        const { members } = value;
        if (members !== null) {
          copy.members = new FunctionMembers(this.#copyOf(members.object) as IonObject, members.isBound);
        }
        return copy;
      }
    }
  }

  #copyOf(value: Value): Value {
    return (this.#copies.get(value as Compound) as Value | undefined) ?? value;
  }

  #fill(value: ValueArray | IonObject, copyOf: (part: Value) => Value): void {
    const copy = this.#copies.get(value)!;
    if (Array.isArray(value)) {
      for (const item of value) (copy as ValueArray).push(this.#copyOf(item));
      return;
    }
    const object = copy as IonObject;
    const exotic = exoticOf(value);
    if (exotic !== undefined) {
      const state = exotic.emptyCopy();
      state.fillFrom(exotic, copyOf);
      stamp(object, state);
    }
    for (const key of ownKeys(value)) {
      const property = ownProperty(value, key)!;
      const accessor = ownAccessor(value, key);
      if (accessor !== undefined) {
        const [get, set] = [accessor.get, accessor.set].map((each) => (each === null ? null : copyOf(each)));
        defineAccessor(object, key, { get, set } as typeof accessor, property.enumerable);
        if (!property.configurable) Reflect.defineProperty(object, key, { configurable: false });
        continue;
      }
      const part = this.#copyOf(property.value);
      if (property.writable && property.enumerable && property.configurable) object[key] = part;
      else defineProperty(object, key, part, property);
    }
    // Behind the properties: an inherited one that cannot be written would stand in their way.
    const prototypes = prototypesOf(value);
    if (prototypes.length > 0) {
      setPrototypes(
        object,
        prototypes.map((prototype) => this.#copyOf(prototype) as IonObject),
      );
    }
    if (!Object.isExtensible(value)) Object.preventExtensions(object);
  }
}

/** A copy that can be written; its bytes count as those of a text. */
export function copyOfFloats({ items }: FloatArray): FloatArray {
  reserve(items.byteLength);
  work.units += items.byteLength / BYTES_PER_UNIT;
  return new FloatArray(items.slice());
}

function forEachPart(value: Compound, visit: (part: Value) => void): void {
  const parts = partsOf(value);
  for (let i = 0; i < parts.length; i++) visit(parts[i]);
}

/** The values that a value reaches directly; an Object's prototypes are among them. */
export function partsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  switch (typeof value === "object" ? value.kind : "") {
    case "Tuple":
      return (value as Tuple).items;
    case "Tagged":
      return [(value as Tagged).payload];
    case "Function": {
      const { captured, self, members } = value as FunctionValue;
      return members === null ? [...captured, self] : [...captured, self, members.object];
    }
    case "Object": {
      const object = value as IonObject;
      const parts: Value[] = [];
      for (const key of ownKeys(object)) {
        const part = object[key];
        if (part !== undefined) parts.push(part);
        else parts.push(...accessorParts(object, key));
      }
      parts.push(...prototypesOf(object));
      const exotic = exoticOf(object);
      if (exotic !== undefined) parts.push(...exotic.parts());
      return parts;
    }
    default:
      return NOTHING;
  }
}

function accessorParts(object: IonObject, key: NativeKey): Value[] {
  const { get = null, set = null } = ownAccessor(object, key) ?? {};
  return [get, set].filter((each) => each !== null);
}

const NOTHING: readonly Value[] = [];
