-module(ring_of_1000).
-export([run/1]).

-define(MEMBERS, 1000).

run(Rounds) ->
    Last = build(self(), 1),
    rounds(Last, 0, Rounds).

build(Next, ?MEMBERS) -> Next;
build(Next, Count) -> build(spawn(fun() -> member(Next) end), Count + 1).

rounds(Last, Rounds, Rounds) ->
    Last ! stop,
    receive
        stop -> Rounds
    end;
rounds(Last, Round, Rounds) ->
    Last ! Round,
    receive
        Number -> rounds(Last, Number + 1, Rounds)
    end.

member(Next) ->
    receive
        stop ->
            Next ! stop;
        Number ->
            Next ! Number,
            member(Next)
    end.
