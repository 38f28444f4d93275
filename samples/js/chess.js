// Moves of chess: a generator of all legal moves on a board of 16 columns, of which 8 are real ones, and perft, which
// counts the positions after so many moves. The counts are known, so that every rule is checked.

const [EMPTY, PAWN, KNIGHT, BISHOP, ROOK, QUEEN, KING] = [0, 1, 2, 3, 4, 5, 6];
const WHITE = 8;
const BLACK = 16;
const LETTERS = ".pnbrqk";

const STRAIGHT = [-16, -1, 1, 16];
const DIAGONAL = [-17, -15, 15, 17];
const LEAPS = [-33, -31, -18, -14, 14, 18, 31, 33];
const ALL_WAYS = [...STRAIGHT, ...DIAGONAL];

/** Ways of the pieces that go as far as they can. */
const SLIDES = { [BISHOP]: DIAGONAL, [ROOK]: STRAIGHT, [QUEEN]: ALL_WAYS };

/** Rights to castle that are lost when something moves from or to a square. */
const RIGHTS = new Map([
  [0x00, 8],
  [0x04, 12],
  [0x07, 4],
  [0x70, 2],
  [0x74, 3],
  [0x77, 1],
]);

const isOff = (square) => (square & 0x88) !== 0;

function nameOf(square) {
  return "abcdefgh"[square & 7] + (8 - (square >> 4));
}

class Move {
  constructor(from, to, captured, promotion, kind) {
    this.from = from;
    this.to = to;
    this.captured = captured;
    this.promotion = promotion;
    this.kind = kind;
  }
  toString() {
    return nameOf(this.from) + nameOf(this.to) + (this.promotion === EMPTY ? "" : LETTERS[this.promotion]);
  }
}

class Position {
  constructor(fen) {
    const [rows, side, castling, passant] = fen.split(" ");
    this.board = new Array(128).fill(EMPTY);
    this.kings = { [WHITE]: -1, [BLACK]: -1 };
    for (const [y, row] of rows.split("/").entries()) {
      let x = 0;
      for (const letter of row) {
        if (letter >= "1" && letter <= "8") {
          x += Number(letter);
          continue;
        }
        const kind = LETTERS.indexOf(letter.toLowerCase());
        const color = letter === letter.toLowerCase() ? BLACK : WHITE;
        this.board[y * 16 + x] = kind | color;
        if (kind === KING) this.kings[color] = y * 16 + x;
        x++;
      }
    }
    this.side = side === "w" ? WHITE : BLACK;
    this.castling = [..."KQkq"].reduce((rights, letter, i) => rights | (castling.includes(letter) ? 1 << i : 0), 0);
    this.passant = passant === "-" ? -1 : (8 - Number(passant[1])) * 16 + "abcdefgh".indexOf(passant[0]);
    this.undone = [];
  }

  isAttacked(square, by) {
    const { board } = this;
    const forward = by === WHITE ? 16 : -16;
    for (const side of [-1, 1]) {
      const from = square + forward + side;
      if (!isOff(from) && board[from] === (PAWN | by)) return true;
    }
    for (const leap of LEAPS) {
      const from = square + leap;
      if (!isOff(from) && board[from] === (KNIGHT | by)) return true;
    }
    for (let i = 0; i < ALL_WAYS.length; i++) {
      const way = ALL_WAYS[i];
      const slider = i < 4 ? ROOK : BISHOP;
      let from = square + way;
      if (!isOff(from) && board[from] === (KING | by)) return true;
      while (!isOff(from) && board[from] === EMPTY) from += way;
      if (isOff(from)) continue;
      const piece = board[from];
      if (piece === (slider | by) || piece === (QUEEN | by)) return true;
    }
    return false;
  }

  isInCheck(color) {
    return this.isAttacked(this.kings[color], color ^ (WHITE | BLACK));
  }

  /** All moves, also those that leave the king in check. */
  moves() {
    const list = [];
    const { board, side } = this;
    for (let square = 0; square < 128; square++) {
      if (isOff(square)) {
        square += 7;
        continue;
      }
      const piece = board[square];
      if ((piece & side) === 0) continue;
      const kind = piece & 7;
      switch (kind) {
        case PAWN:
          this.#pawnMoves(square, list);
          break;
        case KNIGHT:
          this.#steps(square, LEAPS, list);
          break;
        case KING:
          this.#steps(square, ALL_WAYS, list);
          this.#castlings(square, list);
          break;
        default:
          for (const way of SLIDES[kind]) {
            for (let to = square + way; !isOff(to); to += way) {
              const target = board[to];
              if ((target & side) !== 0) break;
              list.push(new Move(square, to, target, EMPTY, "plain"));
              if (target !== EMPTY) break;
            }
          }
      }
    }
    return list;
  }

  #steps(square, steps, list) {
    for (const step of steps) {
      const to = square + step;
      if (isOff(to) || (this.board[to] & this.side) !== 0) continue;
      list.push(new Move(square, to, this.board[to], EMPTY, "plain"));
    }
  }

  #pawnMoves(square, list) {
    const { board, side } = this;
    const forward = side === WHITE ? -16 : 16;
    const home = side === WHITE ? 6 : 1;
    const one = square + forward;
    if (board[one] === EMPTY) {
      this.#pawnMove(square, one, EMPTY, list);
      if (square >> 4 === home && board[one + forward] === EMPTY) {
        list.push(new Move(square, one + forward, EMPTY, EMPTY, "double"));
      }
    }
    for (const to of [one - 1, one + 1]) {
      if (isOff(to)) continue;
      const target = board[to];
      if (target !== EMPTY && (target & side) === 0) this.#pawnMove(square, to, target, list);
      else if (to === this.passant) {
        list.push(new Move(square, to, PAWN | (side ^ (WHITE | BLACK)), EMPTY, "passant"));
      }
    }
  }

  #pawnMove(from, to, captured, list) {
    const row = to >> 4;
    if (row !== 0 && row !== 7) {
      list.push(new Move(from, to, captured, EMPTY, "plain"));
      return;
    }
    for (const promotion of [QUEEN, ROOK, BISHOP, KNIGHT]) list.push(new Move(from, to, captured, promotion, "plain"));
  }

  #castlings(square, list) {
    const { board, side, castling } = this;
    const rights = side === WHITE ? castling & 3 : castling >> 2;
    if (rights === 0) return;
    const other = side ^ (WHITE | BLACK);
    const isFree = (...squares) => squares.every((one) => board[one] === EMPTY);
    const isSafe = (...squares) => !squares.some((one) => this.isAttacked(one, other));
    if ((rights & 1) !== 0 && isFree(square + 1, square + 2) && isSafe(square, square + 1)) {
      list.push(new Move(square, square + 2, EMPTY, EMPTY, "castling"));
    }
    if ((rights & 2) !== 0 && isFree(square - 1, square - 2, square - 3) && isSafe(square, square - 1)) {
      list.push(new Move(square, square - 2, EMPTY, EMPTY, "castling"));
    }
  }

  /** False if the move leaves the own king in check; it has been made all the same. */
  make(move) {
    const { board, side } = this;
    const { from, to, kind, promotion } = move;
    this.undone.push({ castling: this.castling, passant: this.passant });
    const piece = board[from];
    board[from] = EMPTY;
    board[to] = promotion === EMPTY ? piece : promotion | side;
    this.passant = -1;
    if (kind === "double") this.passant = (from + to) >> 1;
    else if (kind === "passant") board[to + (side === WHITE ? 16 : -16)] = EMPTY;
    else if (kind === "castling") {
      const [rookFrom, rookTo] = to > from ? [to + 1, to - 1] : [to - 2, to + 1];
      board[rookTo] = board[rookFrom];
      board[rookFrom] = EMPTY;
    }
    if ((piece & 7) === KING) this.kings[side] = to;
    if (this.castling !== 0) this.castling &= ~((RIGHTS.get(from) ?? 0) | (RIGHTS.get(to) ?? 0));
    this.side = side ^ (WHITE | BLACK);
    return !this.isInCheck(side);
  }

  undo({ from, to, captured, kind, promotion }) {
    const { board } = this;
    this.side ^= WHITE | BLACK;
    const { side } = this;
    const piece = promotion === EMPTY ? board[to] : PAWN | side;
    board[from] = piece;
    board[to] = captured;
    if (kind === "passant") {
      board[to] = EMPTY;
      board[to + (side === WHITE ? 16 : -16)] = captured;
    } else if (kind === "castling") {
      const [rookFrom, rookTo] = to > from ? [to + 1, to - 1] : [to - 2, to + 1];
      board[rookFrom] = board[rookTo];
      board[rookTo] = EMPTY;
    }
    if ((piece & 7) === KING) this.kings[side] = from;
    ({ castling: this.castling, passant: this.passant } = this.undone.pop());
  }

  toString() {
    const row = (y) =>
      Array.from({ length: 8 }, (_, x) => {
        const piece = this.board[y * 16 + x];
        const letter = LETTERS[piece & 7];
        return (piece & WHITE) !== 0 ? letter.toUpperCase() : letter;
      }).join(" ");
    return [0, 1, 2, 3, 4, 5, 6, 7].map(row).join("\n");
  }
}

export function perft(position, depth) {
  if (depth === 0) return 1;
  let count = 0;
  for (const move of position.moves()) {
    if (position.make(move)) count += perft(position, depth - 1);
    position.undo(move);
  }
  return count;
}

const POSITIONS = {
  start: { fen: "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq -", counts: [20, 400, 8902, 197281] },
  castling: { fen: "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq -", counts: [48, 2039, 97862] },
  endgame: { fen: "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - -", counts: [14, 191, 2812, 43238] },
  promotion: { fen: "n1n5/PPPk4/8/8/8/8/4Kppp/5N1N b - -", counts: [24, 496, 9483] },
};

/** Counts in all positions so deep. */
export function run(depth) {
  let total = 0;
  for (const { fen, counts } of Object.values(POSITIONS)) {
    const got = perft(new Position(fen), depth);
    if (depth <= counts.length && got !== counts[depth - 1]) throw new Error(`${fen}: ${got} at depth ${depth}`);
    total += got;
  }
  return total;
}

const position = new Position(POSITIONS.castling.fen);
console.log(String(position));
const legal = position.moves().filter((move) => {
  const isLegal = position.make(move);
  position.undo(move);
  return isLegal;
});
console.log(legal.map(String).sort().join(" "));
for (const [name, { fen }] of Object.entries(POSITIONS)) console.log(name, perft(new Position(fen), 2));
console.log(`checksum ${run(2)}`);
