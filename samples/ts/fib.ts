// The 25th Fibonacci number, by recursion: nothing but calls.
function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

console.log(`=> ${fib(25)}`);
