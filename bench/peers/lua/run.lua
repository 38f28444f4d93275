-- Runs a case: lua run.lua case.lua size. Prints its result and the nanoseconds of the best of three runs.
-- A case is a file that gives a function of the size. os.clock counts the time of the processor.
local run = dofile(arg[1])
local size = tonumber(arg[2])
local least = math.huge
local result
for _ = 1, 3 do
  collectgarbage()
  local start = os.clock()
  result = run(size)
  least = math.min(least, os.clock() - start)
end
-- The clock ticks in microseconds.
print(string.format("%.17g", result))
print(string.format("%.0f", math.max(least, 1e-6) * 1e9))
