// Functions with captured variables: one for each, one that they share, and functions as values.
function adder(n: number): (x: number) => number {
  return (x) => n + x;
}

const addTen = adder(10);
console.log(addTen(5));

let n = 10;
const kept = adder(n);
n = 100;
// What was handed over is kept, whatever becomes of the variable.
console.log(kept(5));

// A variable that functions share is one.
function shared(): { add: (x: number) => number; set: (value: number) => void } {
  let value = 1000;
  return {
    add: (x) => value + x,
    set: (next) => {
      value = next;
    },
  };
}

const { add, set } = shared();
set(100);
console.log(add(5));
set(5);
console.log(add(5));

const twice = (f: (x: number) => number, x: number): number => f(f(x));
console.log(`=> ${twice(addTen, 5)}`);
