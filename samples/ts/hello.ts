// Prints a line and gives 42.
console.log("Hello, world!");
console.log("=> 42");
