/**
 * The operations of the interpreter's own form. Most are instructions one to one; some instructions
 * become different operations according to what is known when they are decoded, and `LOOP` stands before
 * instructions that are safe points because a jump leads back to them.
 *
 * A plain enum, because the builder replaces its members by their numbers and only then V8 makes a jump
 * table of the dispatch. Layouts: `op` and operands, one number each; registers are slots of the frame.
 */
export enum Op {
  /** The end of the function: returns Unit and costs nothing. */
  END,
  /** In a list of its own: another engine has the result of the call that the frame waits for. */
  RESULT,
  /** profile counter: a loop head and its safe point. Belongs to the instruction behind it. */
  LOOP,
  /** Only while instructions are watched: tells of the instruction behind it. */
  STEP,
  /** d, pool index: an immutable constant. */
  CONST,
  /** d, pool index: a literal that is made afresh. */
  LITERAL,
  /** d */
  LOAD_SELF,
  LOAD_PID,
  LOAD_PROCESSES,
  LOAD_PASSES,
  LOAD_THIS,
  MOVE,
  ADD,
  SUB,
  MUL,
  DIV,
  MOD,
  NEG,
  BIT_AND,
  BIT_OR,
  BIT_XOR,
  SHL,
  SHR,
  USHR,
  EQUAL,
  NOT_EQUAL,
  LESS_THAN,
  LESS_EQUAL,
  GREATER_THAN,
  GREATER_EQUAL,
  /** d, a, b, target: a comparison of Numbers and the JUMP_IF_FALSE behind it in one step. */
  LESS_THAN_JUMP,
  LESS_EQUAL_JUMP,
  GREATER_THAN_JUMP,
  GREATER_EQUAL_JUMP,
  EQUAL_JUMP,
  AND,
  OR,
  NOT,
  SAME,
  GET_PROP,
  SET_PROP,
  JUMP,
  JUMP_IF_TRUE,
  JUMP_IF_FALSE,
  /** d, f, count, registers */
  CALL,
  /** d, obj, pool index of the key, count, registers */
  CALL_METHOD,
  RETURN,
  SPAWN,
  SEND,
  RECEIVE,
  RECEIVE_WITH_TIMEOUT,
  LINK,
  JOIN,
  JOIN_NUMBER,
  SELECT,
  SELECT_WITH_KILL,
  /** s, pool index of the clauses */
  MATCH,
  /** d, ms, pool index of the clauses */
  RECEIVE_MATCH,
  /** d, pool index of the function, count, registers */
  AWAIT_FOREIGN,
  YIELD,
  NOP,
  /** d, pool index of the members */
  OBJECT_INIT,
  /** d, count, registers */
  ARRAY_INIT,
  TUPLE_INIT,
  /** d, pool index of the tag, payload */
  TAG_INIT,
  /** d, f, pool index of scope and names, count, registers */
  MAKE_CLOSURE,
  THROW,

  // For JavaScript. What has the layout of an instruction above has its order of operands, too.
  JS_ADD,
  JS_SUB,
  JS_MUL,
  // These share a case; the interpreter has their functions in this order.
  JS_DIV,
  JS_MOD,
  JS_POW,
  JS_BIT_AND,
  JS_BIT_OR,
  JS_BIT_XOR,
  JS_SHL,
  JS_SHR,
  JS_USHR,
  JS_LESS,
  JS_LESS_EQUAL,
  JS_GREATER,
  JS_GREATER_EQUAL,
  JS_EQUAL,
  JS_NOT_EQUAL,
  JS_LOOSE_EQUAL,
  JS_LESS_JUMP,
  JS_LESS_EQUAL_JUMP,
  JS_GREATER_JUMP,
  JS_GREATER_EQUAL_JUMP,
  JS_EQUAL_JUMP,
  JS_NOT_EQUAL_JUMP,
  // And these.
  JS_NEG,
  JS_BIT_NOT,
  JS_NUMBER,
  JS_STRING,
  JS_TRUTH,
  JS_NOT,
  JS_NULLISH,
  JS_TYPEOF,
  JS_GET,
  JS_SET,
  /** As CALL_METHOD. */
  JS_CALL_METHOD,
  /** d, f, self, count, registers */
  CALL_THIS,
  /** d, f, self, array */
  CALL_SPREAD,
  JS_ALLOCATE,
  JS_CONSTRUCTED,
  /** The call has done it. */
  COLLECT,
  /** d, place among the variables, pool index of the name */
  LOAD_GLOBAL,
  /** place among the variables, s */
  STORE_GLOBAL,
  /** d, cell, pool index of the name */
  LOAD_CELL,
  /** cell, s */
  STORE_CELL,
}
