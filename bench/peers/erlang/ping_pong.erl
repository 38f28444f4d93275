-module(ping_pong).
-export([run/1]).

run(Size) ->
    Pong = spawn(fun pong/0),
    ping(Pong, self(), 0, Size div 2).

ping(Pong, _, Trips, Trips) ->
    Pong ! stop,
    Trips;
ping(Pong, Self, Trips, All) ->
    Pong ! Self,
    receive
        _ -> ping(Pong, Self, Trips + 1, All)
    end.

pong() ->
    receive
        stop -> ok;
        From ->
            From ! From,
            pong()
    end.
