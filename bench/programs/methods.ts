import type { ComputeCase } from "./case.ts";

/** An object with members that change and methods, one of which calls the other. */
export const methods: ComputeCase = {
  name: "methods",
  dominatedBy: "calls",
  sizes: { test: 150, quick: 200_000, full: 2_000_000 },
  source: `
.function main arity=1 regs=8
  LOAD_CONST r1, :"__function_ref:step"
  LOAD_CONST r2, :"__function_ref:bounce"
  OBJECT_INIT r3, {position: 0, velocity: 1, bounces: 0, step: r1, bounce: r2}
  LOAD_CONST r1, 0
  LOAD_CONST r2, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, 0.5
  LOAD_CONST r6, :position
loop:
  LESS_THAN r7, r1, r0
  JUMP_IF_FALSE r7, done
  CALL_METHOD r8, r3, step, [r5]
  GET_PROP r8, r3, r6
  ADD r2, r2, r8
  ADD r1, r1, r4
  JUMP loop
done:
  LOAD_CONST r6, :bounces
  GET_PROP r8, r3, r6
  ADD r2, r2, r8
  RETURN r2
.end
.function step arity=1 regs=7
  LOAD_CONST r1, :"__vm:this"
  LOAD_CONST r2, :position
  GET_PROP r3, r1, r2
  LOAD_CONST r4, :velocity
  GET_PROP r5, r1, r4
  MUL r5, r5, r0
  ADD r3, r3, r5
  SET_PROP r1, r2, r3
  LOAD_CONST r6, 0
  LESS_THAN r7, r3, r6
  JUMP_IF_TRUE r7, bounce
  LOAD_CONST r6, 30
  GREATER_THAN r7, r3, r6
  JUMP_IF_TRUE r7, bounce
  JUMP done
bounce:
  CALL_METHOD r7, r1, bounce, []
done:
  LOAD_CONST r7, ()
  RETURN r7
.end
.function bounce arity=0 regs=4
  LOAD_CONST r0, :"__vm:this"
  LOAD_CONST r1, :velocity
  GET_PROP r2, r0, r1
  NEG r2, r2
  SET_PROP r0, r1, r2
  LOAD_CONST r1, :bounces
  GET_PROP r2, r0, r1
  LOAD_CONST r3, 1
  ADD r2, r2, r3
  SET_PROP r0, r1, r2
  LOAD_CONST r3, ()
  RETURN r3
.end`,
  plain: () => {
    class Ball {
      position = 0;
      velocity = 1;
      bounces = 0;
      step(dt: number): void {
        this.position += this.velocity * dt;
        if (this.position < 0 || this.position > 30) this.bounce();
      }
      bounce(): void {
        this.velocity = -this.velocity;
        this.bounces++;
      }
    }
    return (size) => {
      const ball = new Ball();
      let sum = 0;
      for (let i = 0; i < size; i++) {
        ball.step(0.5);
        sum += ball.position;
      }
      return sum + ball.bounces;
    };
  },
};
