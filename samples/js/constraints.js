// An incremental solver of constraints with strengths, each of which computes one of its variables from the others.
// What is added or removed changes only what depends on it. A variable remembers how strongly it is determined.

const REQUIRED = 0;
const STRONG = 1;
const MEDIUM = 2;
const WEAK = 3;
const WEAKEST = 4;

class Variable {
  constructor(name, value) {
    this.name = name;
    this.value = value;
    this.constraints = [];
    this.determinedBy = null;
    this.strength = WEAKEST;
    this.stays = true;
    this.mark = 0;
  }
}

/** Of a constraint with several ways to be held, `output` is the variable that the chosen one computes, or null. */
class Constraint {
  constructor(strength, variables) {
    this.strength = strength;
    this.variables = variables;
    this.output = null;
  }
  /** Variables that the constraint may compute. */
  outputs() {
    return this.variables;
  }
  isInput() {
    return false;
  }
  inputs() {
    return this.variables.filter((variable) => variable !== this.output);
  }
  execute() {}

  /** Chooses the weakest variable that is weaker than this constraint and not marked; null if there is none. */
  choose(mark) {
    let weakest = null;
    for (const variable of this.outputs()) {
      if (variable.mark === mark || variable.strength <= this.strength) continue;
      if (weakest === null || variable.strength > weakest.strength) weakest = variable;
    }
    this.output = weakest;
    return weakest;
  }
  /** What the output is determined with: the weakest of this constraint and of what could be computed instead. */
  recalculate() {
    let strength = this.strength;
    let stays = !this.isInput();
    for (const variable of this.variables) {
      if (variable === this.output) continue;
      if (this.outputs().includes(variable) && variable.strength > strength) strength = variable.strength;
      if (!variable.stays) stays = false;
    }
    this.output.strength = strength;
    this.output.stays = stays;
    if (stays) this.execute();
  }
}

/** Leaves a variable as it is. */
class Stay extends Constraint {
  constructor(strength, variable) {
    super(strength, [variable]);
  }
}

/** The variable is set from outside. */
class Edit extends Constraint {
  constructor(strength, variable) {
    super(strength, [variable]);
  }
  isInput() {
    return true;
  }
}

class Equal extends Constraint {
  constructor(strength, a, b) {
    super(strength, [a, b]);
  }
  execute() {
    const [a, b] = this.variables;
    if (this.output === a) a.value = b.value;
    else b.value = a.value;
  }
}

/** b = a * factor + offset, either way; factor and offset are variables, too, which are never computed. */
class Scale extends Constraint {
  #ends;
  constructor(strength, a, b, factor, offset) {
    super(strength, [a, b, factor, offset]);
    this.#ends = [a, b];
  }
  outputs() {
    return this.#ends;
  }
  execute() {
    const [a, b, factor, offset] = this.variables;
    if (this.output === b) b.value = a.value * factor.value + offset.value;
    else a.value = (b.value - offset.value) / factor.value;
  }
}

/** sum = a + b, in three ways. */
class Sum extends Constraint {
  constructor(strength, a, b, sum) {
    super(strength, [a, b, sum]);
  }
  execute() {
    const [a, b, sum] = this.variables;
    switch (this.output) {
      case a:
        a.value = sum.value - b.value;
        break;
      case b:
        b.value = sum.value - a.value;
        break;
      default:
        sum.value = a.value + b.value;
    }
  }
}

class Unsatisfiable extends Error {
  constructor(constraint) {
    super(`cannot hold a required ${constraint.constructor.name}`);
    this.name = "Unsatisfiable";
  }
}

class Cycle extends Error {
  name = "Cycle";
}

class Solver {
  #mark = 0;
  executed = 0;

  add(constraint) {
    for (const variable of constraint.variables) variable.constraints.push(constraint);
    try {
      this.#hold(constraint);
    } catch (error) {
      this.#detach(constraint);
      throw error;
    }
    return constraint;
  }

  /** Holds a constraint, and one after the other those that it drives out. */
  #hold(first) {
    const mark = ++this.#mark;
    for (let constraint = first; constraint !== null; ) {
      const output = constraint.choose(mark);
      if (output === null) {
        if (constraint.strength === REQUIRED) throw new Unsatisfiable(constraint);
        return;
      }
      for (const input of constraint.variables) if (input !== output) input.mark = mark;
      const driven = output.determinedBy;
      if (driven !== null) driven.output = null;
      output.determinedBy = constraint;
      if (!this.#propagate(constraint, mark)) {
        this.remove(constraint);
        throw new Cycle(`${output.name} would depend on itself`);
      }
      output.mark = mark;
      constraint = driven;
    }
  }

  /** Goes downstream from a constraint; false if it comes back to what it is computed from. */
  #propagate(from, mark) {
    const todo = [from];
    while (todo.length > 0) {
      const constraint = todo.pop();
      if (constraint !== from && constraint.output.mark === mark && from.variables.includes(constraint.output))
        return false;
      constraint.recalculate();
      this.executed++;
      todo.push(...dependents(constraint.output));
    }
    return true;
  }

  remove(constraint) {
    const { output } = constraint;
    this.#detach(constraint);
    if (output === null) return;
    const free = this.#free(output);
    free.sort((a, b) => a.strength - b.strength);
    for (const one of free) if (one.output === null) this.#hold(one);
  }

  #detach(constraint) {
    for (const variable of constraint.variables) {
      const at = variable.constraints.indexOf(constraint);
      if (at >= 0) variable.constraints.splice(at, 1);
    }
    if (constraint.output !== null) constraint.output.determinedBy = null;
    constraint.output = null;
  }

  /** Nothing determines the variable any more; the constraints that could now be held, downstream. */
  #free(variable) {
    variable.determinedBy = null;
    variable.strength = WEAKEST;
    variable.stays = true;
    const found = [];
    const todo = [variable];
    while (todo.length > 0) {
      const one = todo.pop();
      for (const constraint of one.constraints) if (constraint.output === null) found.push(constraint);
      for (const constraint of dependents(one)) {
        constraint.recalculate();
        todo.push(constraint.output);
      }
    }
    return found;
  }

  /** The constraints to be executed in turn when these inputs change. */
  plan(edits) {
    const mark = ++this.#mark;
    const plan = [];
    const todo = edits.filter(({ output }) => output !== null);
    while (todo.length > 0) {
      const constraint = todo.pop();
      if (constraint.output.mark === mark) continue;
      const isReady = constraint.inputs().every((input) => input.mark === mark || input.stays);
      if (!isReady) continue;
      plan.push(constraint);
      constraint.output.mark = mark;
      todo.push(...dependents(constraint.output));
    }
    return plan;
  }

  /** Sets a variable again and again, with one plan. */
  edit(variable, values, look) {
    const edit = this.add(new Edit(STRONG, variable));
    const plan = this.plan([edit]);
    for (const value of values) {
      if (edit.output === variable) variable.value = value;
      for (const constraint of plan) {
        constraint.execute();
        this.executed++;
      }
      look(value);
    }
    this.remove(edit);
  }
}

/** The constraints that are held and read the variable. */
function dependents(variable) {
  const found = [];
  for (const constraint of variable.constraints) {
    if (constraint.output !== null && constraint.output !== variable) found.push(constraint);
  }
  return found;
}

/** A chain of equal variables: what comes in at one end comes out at the other. */
export function chain(length) {
  const solver = new Solver();
  const variables = Array.from({ length: length + 1 }, (_, i) => new Variable(`v${i}`, 0));
  for (let i = 0; i < length; i++) solver.add(new Equal(REQUIRED, variables[i], variables[i + 1]));
  const first = variables[0];
  const last = variables[length];
  solver.add(new Stay(WEAK, last));
  let sum = 0;
  solver.edit(first, [1, 5, 25, 125], (value) => {
    if (last.value !== value) throw new Error(`the chain gives ${last.value} for ${value}`);
    sum += last.value;
  });
  solver.edit(last, [3, 9], (value) => {
    if (first.value !== value) throw new Error(`back the chain gives ${first.value} for ${value}`);
    sum += first.value;
  });
  return sum + solver.executed;
}

/** Many sources and targets with one factor and one offset. */
export function projection(count) {
  const solver = new Solver();
  const factor = new Variable("factor", 10);
  const offset = new Variable("offset", 1000);
  const pairs = [];
  for (let i = 0; i < count; i++) {
    const source = new Variable(`s${i}`, i);
    const target = new Variable(`t${i}`, 0);
    solver.add(new Stay(MEDIUM, source));
    solver.add(new Scale(REQUIRED, source, target, factor, offset));
    pairs.push({ source, target });
  }
  let sum = 0;
  const expect = (got, wanted) => {
    if (got !== wanted) throw new Error(`projected ${got}, not ${wanted}`);
    sum = (sum * 31 + got) % 1000003;
  };
  const middle = pairs[count >> 1];
  solver.edit(middle.source, [17, 18], (value) => expect(middle.target.value, value * 10 + 1000));
  solver.edit(middle.target, [1050, 1100], (value) => expect(middle.source.value, (value - 1000) / 10));
  solver.edit(factor, [5, 7], (value) => {
    for (const { source, target } of pairs) expect(target.value, source.value * value + 1000);
  });
  solver.edit(offset, [2000], (value) => {
    for (const { source, target } of pairs) expect(target.value, source.value * 7 + value);
  });
  return sum + solver.executed;
}

/** A tree of sums: the leaves stay, the root is computed; then the root is required, and a leaf gives way. */
export function sums(depth) {
  const solver = new Solver();
  const leaves = [];
  const build = (level, name) => {
    if (level === 0) {
      const leaf = new Variable(name, leaves.length + 1);
      solver.add(new Stay(leaves.length === 0 ? WEAK : MEDIUM, leaf));
      leaves.push(leaf);
      return leaf;
    }
    const a = build(level - 1, `${name}a`);
    const b = build(level - 1, `${name}b`);
    const sum = new Variable(name, 0);
    solver.add(new Sum(REQUIRED, a, b, sum));
    return sum;
  };
  const root = build(depth, "r");
  const before = root.value;
  solver.edit(root, [before + 100], () => {});
  const total = leaves.reduce((sum, { value }) => sum + value, 0);
  if (total !== root.value) throw new Error(`leaves ${total}, root ${root.value}`);
  let refused = 0;
  const two = [new Variable("x", 1), new Variable("y", 2)];
  for (const [i, variable] of two.entries()) solver.add(new Stay(REQUIRED, variable)).output.value = i + 1;
  try {
    solver.add(new Equal(REQUIRED, ...two));
  } catch (error) {
    if (!(error instanceof Unsatisfiable)) throw error;
    refused++;
  }
  return total * 10 + leaves[0].value + refused + solver.executed;
}

export function run(size) {
  let sum = 0;
  for (let round = 0; round < 3; round++) {
    sum = (sum * 7 + chain(size + round) + projection(size + round) + sums(4)) % 1000000007;
  }
  return sum;
}

console.log(`chain ${chain(100)}, projection ${projection(50)}, sums ${sums(5)}`);
console.log(`checksum ${run(40)}`);
