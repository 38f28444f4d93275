return function(size)
  local sum = 0
  for i = 0, size - 1 do
    sum = sum + i
  end
  return sum
end
