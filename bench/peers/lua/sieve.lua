return function(size)
  local prime = {}
  for i = 1, size do
    prime[i] = true
  end
  local count = 0
  for i = 2, size do
    if prime[i] then
      count = count + 1
      for j = i + i, size, i do
        prime[j] = false
      end
    end
  end
  return count
end
