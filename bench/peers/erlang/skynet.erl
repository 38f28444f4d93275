-module(skynet).
-export([run/1]).

-define(CHILDREN, 10).

run(Size) ->
    Self = self(),
    spawn(fun() -> node(Self, 0, Size) end),
    receive
        Sum -> Sum
    end.

node(Parent, Number, 1) ->
    Parent ! Number;
node(Parent, Number, Size) ->
    Self = self(),
    start(Self, Number, Size div ?CHILDREN, ?CHILDREN),
    Parent ! collect(0, ?CHILDREN).

start(_, _, _, 0) ->
    ok;
start(Self, Number, Size, Count) ->
    spawn(fun() -> node(Self, Number, Size) end),
    start(Self, Number + Size, Size, Count - 1).

collect(Sum, 0) ->
    Sum;
collect(Sum, Count) ->
    receive
        Number -> collect(Sum + Number, Count - 1)
    end.
