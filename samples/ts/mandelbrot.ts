// The Mandelbrot set in letters: loops over doubles.

/** Steps until z * z + c leaves the circle of radius 2. */
function escape(real: number, imaginary: number, most: number): number {
  let x = 0;
  let y = 0;
  for (let steps = 0; steps < most; steps++) {
    const [xx, yy] = [x * x, y * y];
    if (xx + yy > 4) return steps;
    y = x * y + x * y + imaginary;
    x = xx - yy + real;
  }
  return most;
}

const MOST = 30;
let inside = 0;
for (let y = -1.2; y < 1.25; y += 0.12) {
  let row = "";
  for (let x = -2.1; x < 0.7; x += 0.045) {
    const steps = escape(x, y, MOST);
    if (steps === MOST) {
      inside++;
      row += "#";
    } else {
      row += steps < 4 ? " " : ".";
    }
  }
  console.log(row);
}
console.log(`=> ${inside}`);
