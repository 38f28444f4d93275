// Objects: classes, methods with `this`, accessors, a read-only member, a look for what is not there.
class Point {
  readonly x: number;
  readonly y: number;
  static readonly unit = "cm";

  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }

  length(): number {
    return Math.sqrt(this.x * this.x + this.y * this.y);
  }

  plus(other: Point): Point {
    return new Point(this.x + other.x, this.y + other.y);
  }

  /** The member with this name, or a text that says that there is none. */
  look(name: string): unknown {
    return name in this ? this[name as keyof this] : `no ${name}`;
  }

  toString(): string {
    return `{x: ${this.x}, y: ${this.y}, unit: ${Point.unit}}`;
  }
}

/** What is assigned is watched. */
class Doubled {
  #x = 0;
  get x(): number {
    return this.#x;
  }
  set x(value: number) {
    this.#x = value * 2;
  }
}

const p = new Point(3, 4);
console.log(p.length());
console.log(String(p.plus(new Point(4, 3))));
console.log(p.look("color"));
try {
  Object.freeze(p);
  (p as { x: number }).x = 5;
} catch {
  console.log(String(p));
}
const doubled = new Doubled();
doubled.x = 3;
console.log(doubled.x);
console.log(`=> ${p.length()}`);
