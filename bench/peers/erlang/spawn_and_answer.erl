-module(spawn_and_answer).
-export([run/1]).

run(Size) -> run(self(), 0, Size).

run(_, Size, Size) ->
    Size;
run(Self, Sum, Size) ->
    spawn(fun() -> Self ! 1 end),
    receive
        Number -> run(Self, Sum + Number, Size)
    end.
