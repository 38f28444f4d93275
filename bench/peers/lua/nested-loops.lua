return function(size)
  local sum = 0
  for i = 0, size - 1 do
    for j = 0, size - 1 do
      sum = sum + (i * j) % 7
    end
  end
  return sum
end
