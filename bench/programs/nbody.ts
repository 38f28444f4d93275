import type { ComputeCase } from "./case.ts";

/** The sun and four planets, as they stand in all versions of this program. */
export const nbody: ComputeCase = {
  name: "nbody",
  dominatedBy: "data",
  sizes: { test: 3, quick: 10_000, full: 100_000 },
  source: `
.function main arity=1 regs=7
  LOAD_CONST r1, :"__function_ref:bodies"
  CALL r1, r1, []
  LOAD_CONST r2, :"__function_ref:advance"
  LOAD_CONST r3, 0.01
  LOAD_CONST r4, 0
  LOAD_CONST r5, 1
again:
  LESS_THAN r6, r4, r0
  JUMP_IF_FALSE r6, done
  CALL r7, r2, [r1, r3]
  ADD r4, r4, r5
  JUMP again
done:
  LOAD_CONST r2, :"__function_ref:energy"
  CALL r2, r2, [r1]
  RETURN r2
.end

.function bodies arity=0 regs=6
  OBJECT_INIT r0, {x: 0, y: 0, z: 0, vx: -0.000387663407199214, vy: -0.0032753590371765707, vz: 0.000023935734080003, mass: 39.47841760435743}
  OBJECT_INIT r1, {x: 4.841431442464721, y: -1.1603200440274284, z: -0.10362204447112311, vx: 0.606326392995832, vy: 2.81198684491626, vz: -0.02521836165988763, mass: 0.03769367487038949}
  OBJECT_INIT r2, {x: 8.34336671824458, y: 4.124798564124305, z: -0.4035234171143214, vx: -1.0107743461771437, vy: 1.8256623712304119, vz: 0.008415761376584154, mass: 0.011286326131968767}
  OBJECT_INIT r3, {x: 12.894369562139131, y: -15.111151401698631, z: -0.22330757889265573, vx: 1.0827910064415354, vy: 0.8687130181696082, vz: -0.010832637401363636, mass: 0.0017237240570597112}
  OBJECT_INIT r4, {x: 15.379697114850917, y: -25.919314609987964, z: 0.17925877295037118, vx: 0.979090732243898, vy: 0.5946989986476762, vz: -0.034755955504078104, mass: 0.0020336868699246304}
  ARRAY_INIT r5, [r0, r1, r2, r3, r4]
  RETURN r5
.end

; advance(bodies r0, dt r1): r2 how many, r3 i, r14 a = bodies[i], r15 j, r16 b = bodies[j], r17 r18 r19 the distance
.function advance arity=2 regs=22
  LOAD_CONST r2, :length
  GET_PROP r2, r0, r2
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :x
  LOAD_CONST r6, :y
  LOAD_CONST r7, :z
  LOAD_CONST r8, :vx
  LOAD_CONST r9, :vy
  LOAD_CONST r10, :vz
  LOAD_CONST r11, :mass
  LOAD_CONST r12, :"__stdlib:Sqrt"
first:
  LESS_THAN r13, r3, r2
  JUMP_IF_FALSE r13, pulled
  GET_PROP r14, r0, r3
  ADD r15, r3, r4
second:
  LESS_THAN r13, r15, r2
  JUMP_IF_FALSE r13, next
  GET_PROP r16, r0, r15
  GET_PROP r17, r14, r5
  GET_PROP r20, r16, r5
  SUB r17, r17, r20
  GET_PROP r18, r14, r6
  GET_PROP r20, r16, r6
  SUB r18, r18, r20
  GET_PROP r19, r14, r7
  GET_PROP r20, r16, r7
  SUB r19, r19, r20
  MUL r20, r17, r17
  MUL r21, r18, r18
  ADD r20, r20, r21
  MUL r21, r19, r19
  ADD r20, r20, r21
  CALL r21, r12, [r20]
  MUL r20, r20, r21
  DIV r20, r1, r20
  GET_PROP r21, r16, r11
  MUL r21, r21, r20
  GET_PROP r22, r14, r8
  MUL r23, r17, r21
  SUB r22, r22, r23
  SET_PROP r14, r8, r22
  GET_PROP r22, r14, r9
  MUL r23, r18, r21
  SUB r22, r22, r23
  SET_PROP r14, r9, r22
  GET_PROP r22, r14, r10
  MUL r23, r19, r21
  SUB r22, r22, r23
  SET_PROP r14, r10, r22
  GET_PROP r21, r14, r11
  MUL r21, r21, r20
  GET_PROP r22, r16, r8
  MUL r23, r17, r21
  ADD r22, r22, r23
  SET_PROP r16, r8, r22
  GET_PROP r22, r16, r9
  MUL r23, r18, r21
  ADD r22, r22, r23
  SET_PROP r16, r9, r22
  GET_PROP r22, r16, r10
  MUL r23, r19, r21
  ADD r22, r22, r23
  SET_PROP r16, r10, r22
  ADD r15, r15, r4
  JUMP second
next:
  ADD r3, r3, r4
  JUMP first
pulled:
  LOAD_CONST r3, 0
move:
  LESS_THAN r13, r3, r2
  JUMP_IF_FALSE r13, done
  GET_PROP r14, r0, r3
  GET_PROP r15, r14, r5
  GET_PROP r16, r14, r8
  MUL r16, r1, r16
  ADD r15, r15, r16
  SET_PROP r14, r5, r15
  GET_PROP r15, r14, r6
  GET_PROP r16, r14, r9
  MUL r16, r1, r16
  ADD r15, r15, r16
  SET_PROP r14, r6, r15
  GET_PROP r15, r14, r7
  GET_PROP r16, r14, r10
  MUL r16, r1, r16
  ADD r15, r15, r16
  SET_PROP r14, r7, r15
  ADD r3, r3, r4
  JUMP move
done:
  RETURN r0
.end

; energy(bodies r0): r1 the sum, r2 how many, r3 i, r13 a = bodies[i], r14 j, r15 b = bodies[j]
.function energy arity=1 regs=19
  LOAD_CONST r1, 0
  LOAD_CONST r2, :length
  GET_PROP r2, r0, r2
  LOAD_CONST r3, 0
  LOAD_CONST r4, 1
  LOAD_CONST r5, :x
  LOAD_CONST r6, :y
  LOAD_CONST r7, :z
  LOAD_CONST r8, :mass
  LOAD_CONST r9, :"__stdlib:Sqrt"
  LOAD_CONST r10, 0.5
first:
  LESS_THAN r12, r3, r2
  JUMP_IF_FALSE r12, done
  GET_PROP r13, r0, r3
  LOAD_CONST r11, :vx
  GET_PROP r16, r13, r11
  MUL r16, r16, r16
  LOAD_CONST r11, :vy
  GET_PROP r17, r13, r11
  MUL r17, r17, r17
  ADD r16, r16, r17
  LOAD_CONST r11, :vz
  GET_PROP r17, r13, r11
  MUL r17, r17, r17
  ADD r16, r16, r17
  GET_PROP r17, r13, r8
  MUL r17, r10, r17
  MUL r16, r17, r16
  ADD r1, r1, r16
  ADD r14, r3, r4
second:
  LESS_THAN r12, r14, r2
  JUMP_IF_FALSE r12, next
  GET_PROP r15, r0, r14
  GET_PROP r16, r13, r5
  GET_PROP r19, r15, r5
  SUB r16, r16, r19
  GET_PROP r17, r13, r6
  GET_PROP r19, r15, r6
  SUB r17, r17, r19
  GET_PROP r18, r13, r7
  GET_PROP r19, r15, r7
  SUB r18, r18, r19
  MUL r16, r16, r16
  MUL r17, r17, r17
  ADD r16, r16, r17
  MUL r18, r18, r18
  ADD r16, r16, r18
  CALL r16, r9, [r16]
  GET_PROP r17, r13, r8
  GET_PROP r18, r15, r8
  MUL r17, r17, r18
  DIV r17, r17, r16
  SUB r1, r1, r17
  ADD r14, r14, r4
  JUMP second
next:
  ADD r3, r3, r4
  JUMP first
done:
  RETURN r1
.end`,
  plain: () => {
    interface Body {
      x: number;
      y: number;
      z: number;
      vx: number;
      vy: number;
      vz: number;
      readonly mass: number;
    }
    // biome-ignore format: a table
    const start = (): Body[] => [
      { x: 0, y: 0, z: 0, vx: -0.000387663407199214, vy: -0.0032753590371765707, vz: 0.000023935734080003, mass: 39.47841760435743 },
      { x: 4.841431442464721, y: -1.1603200440274284, z: -0.10362204447112311, vx: 0.606326392995832, vy: 2.81198684491626, vz: -0.02521836165988763, mass: 0.03769367487038949 },
      { x: 8.34336671824458, y: 4.124798564124305, z: -0.4035234171143214, vx: -1.0107743461771437, vy: 1.8256623712304119, vz: 0.008415761376584154, mass: 0.011286326131968767 },
      { x: 12.894369562139131, y: -15.111151401698631, z: -0.22330757889265573, vx: 1.0827910064415354, vy: 0.8687130181696082, vz: -0.010832637401363636, mass: 0.0017237240570597112 },
      { x: 15.379697114850917, y: -25.919314609987964, z: 0.17925877295037118, vx: 0.979090732243898, vy: 0.5946989986476762, vz: -0.034755955504078104, mass: 0.0020336868699246304 },
    ];
    const advance = (bodies: readonly Body[], dt: number): void => {
      for (let i = 0; i < bodies.length; i++) {
        const a = bodies[i];
        for (let j = i + 1; j < bodies.length; j++) {
          const b = bodies[j];
          const dx = a.x - b.x;
          const dy = a.y - b.y;
          const dz = a.z - b.z;
          const squared = dx * dx + dy * dy + dz * dz;
          const pull = dt / (squared * Math.sqrt(squared));
          const toB = b.mass * pull;
          a.vx -= dx * toB;
          a.vy -= dy * toB;
          a.vz -= dz * toB;
          const toA = a.mass * pull;
          b.vx += dx * toA;
          b.vy += dy * toA;
          b.vz += dz * toA;
        }
      }
      for (const body of bodies) {
        body.x += dt * body.vx;
        body.y += dt * body.vy;
        body.z += dt * body.vz;
      }
    };
    const energy = (bodies: readonly Body[]): number => {
      let sum = 0;
      for (let i = 0; i < bodies.length; i++) {
        const a = bodies[i];
        sum += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
        for (let j = i + 1; j < bodies.length; j++) {
          const b = bodies[j];
          const dx = a.x - b.x;
          const dy = a.y - b.y;
          const dz = a.z - b.z;
          sum -= (a.mass * b.mass) / Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
      }
      return sum;
    };
    return (size) => {
      const bodies = start();
      for (let i = 0; i < size; i++) advance(bodies, 0.01);
      return energy(bodies);
    };
  },
};
