// A coordinator gives tasks to workers, looks at what their answers are, and adds them up.
import { any, on, type Process, receive, self, send, spawn } from "ion:process";

interface Task {
  readonly task: string;
  readonly n?: number;
}

/** Does one task and ends. */
function worker(replyTo: Process): void {
  const { task, n = 0 } = receive<Task>();
  switch (task) {
    case "square":
      send(replyTo, { done: task, result: n * n });
      break;
    case "double":
      send(replyTo, { done: task, result: n + n });
      break;
    default:
      send(replyTo, { failed: task });
  }
}

console.log("coordinator: three workers, one task each");
const tasks: readonly Task[] = [{ task: "square", n: 12 }, { task: "double", n: 21 }, { task: "fly" }];
for (const task of tasks) send(spawn(worker, self()), task);

let total = 0;
for (let missing = tasks.length; missing > 0; missing--) {
  total += receive(
    on({ done: any, result: any }, ({ done, result }: { done: string; result: number }) => {
      console.log(`coordinator: ${done} gives ${result}`);
      return result;
    }),
    on({ failed: any }, ({ failed }: { failed: string }) => {
      console.log(`coordinator: nobody can ${failed}`);
      return 0;
    }),
  );
}
console.log(`coordinator: the total is ${total}`);
console.log(`=> ${total}`);
