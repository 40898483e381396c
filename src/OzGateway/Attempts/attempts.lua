-- The attempts of one user in one budget: every verb is one atomic round trip, and the server's TIME is the only clock.
--
-- KEYS[1]   the log of the user in the budget: a string, packed with cmsgpack, of entries { time, id, state, calls, running, call }
--             time     ms since 1970 when the attempt began (or was given back), never decreasing
--             id       8 bytes, short name of the attempt
--             state    0 pending, 1 declined, 2 succeeded, 3 given back
--             calls    calls taken
--             running  calls in flight (followed only with a concurrency limit)
--             call     8 bytes, short name of the call that came last: a command that is sent twice counts once
-- ARGV[1]   verb: acquire, settle, release, show, reset
-- ARGV[2]   id, 8 bytes: of the attempt that is held, or settled, or released; empty for none
-- ARGV[3]   acquire: id of a fresh attempt, 8 bytes, which also names the call; settle: 1 declined, 2 succeeded, 3 refunded, 4 withdrawn,
--           5 withdrawn, where ARGV[2] names the call instead of the attempt
-- ARGV[4]   1 where an attempt that succeeded counts, else 0
-- ARGV[5]   calls of one attempt
-- ARGV[6]   attempts in flight at once, 0 for any number
-- ARGV[7]   ms for which an attempt can matter
-- ARGV[8]   attempts remembered at most
-- ARGV[9]   failures that lock, 0 for no lockout
-- ARGV[10]  ms in which they must lie, 0 for failures in a row
-- ARGV[11]  ms of the first lockout
-- ARGV[12]  factor of each further one
-- ARGV[13]  ms of the longest
-- ARGV[14]  lockouts (or failures in a row) that disable, 0 for never
-- ARGV[15]  ms that who is disabled is told to wait
-- ARGV[16]  ms that who has too many in flight is told to wait
-- ARGV[17]  ms after which a call in flight is forgotten
-- ARGV[18]  number n of windows
-- ARGV[19 ..]  n times: permit limit, ms of the window
-- then      number m of refund windows, and m times: refund limit, ms of the window
--
-- Answers   acquire: { 1 allowed or 0 exceeded, 1 where the attempt is the held one or 2 the fresh one, ms to wait,
--                      window that decides next (0 the first, -1 none), what is left in it, ms until one more is left }
--           settle, release, reset: { 1 where something changed, else 0 }
--           show: { ms to wait, 1 where disabled, pending, given back, then counted per window }

local arg = ARGV
local verb, held = arg[1], arg[2]
if verb == 'reset' then
  return { redis.call('DEL', KEYS[1]) }
end

local succeeded_counts, uploads, concurrency = arg[4] == '1', tonumber(arg[5]), tonumber(arg[6])
local horizon, log_limit = tonumber(arg[7]), tonumber(arg[8])
local lock_after, lock_within, lock_delay = tonumber(arg[9]), tonumber(arg[10]), tonumber(arg[11])
local lock_factor, lock_max, disable_after = tonumber(arg[12]), tonumber(arg[13]), tonumber(arg[14])

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local stored = redis.call('GET', KEYS[1])
local log = stored and cmsgpack.unpack(stored) or {}
if #log > 0 and log[#log][1] > now then
  now = log[#log][1]
end

local function lock_length(before)
  local length = math.min(lock_max, lock_delay)
  while before > 0 and length < lock_max and lock_factor > 1 do
    length = math.min(lock_max, length * lock_factor)
    before = before - 1
  end
  return length
end

local function lock_in_a_row()
  local row, till = 0, 0
  for _, entry in ipairs(log) do
    if entry[3] == 2 then
      row, till = 0, 0
    elseif entry[3] ~= 3 then
      row = row + 1
      if row >= lock_after then
        till = entry[1] + lock_length(row - lock_after)
      end
    end
  end
  return till, disable_after > 0 and row >= disable_after
end

local function lock_in_time()
  local failures, first, locks, till = 0, 1, 0, 0
  for index, entry in ipairs(log) do
    if entry[3] == 2 then
      failures, first = 0, index + 1
    elseif entry[3] ~= 3 then
      failures = failures + 1
      while log[first][1] <= entry[1] - lock_within do
        if log[first][3] ~= 3 then
          failures = failures - 1
        end
        first = first + 1
      end
      if failures >= lock_after then
        till = entry[1] + lock_length(locks)
        locks, failures, first = locks + 1, 0, index + 1
      end
    end
  end
  return till, disable_after > 0 and locks >= disable_after
end

local function lock()
  if lock_after == 0 then
    return 0, false
  end
  if lock_within == 0 then
    return lock_in_a_row()
  end
  return lock_in_time()
end

local function forget()
  local _, disabled = lock()
  if disabled or #log == 0 or log[1][1] > now - horizon then
    return
  end
  local kept = {}
  for _, entry in ipairs(log) do
    if entry[1] > now - horizon then
      kept[#kept + 1] = entry
    end
  end
  log = kept
end

local function counts(entry)
  return entry[3] < 2 or (entry[3] == 2 and succeeded_counts)
end

local function find(id)
  for index, entry in ipairs(log) do
    if entry[2] == id and entry[3] ~= 3 then
      return index
    end
  end
end

local function find_call(call)
  for index, entry in ipairs(log) do
    if entry[6] == call and entry[3] ~= 3 then
      return index
    end
  end
end

local function save()
  if #log == 0 then
    redis.call('DEL', KEYS[1])
    return
  end
  local _, disabled = lock()
  if disabled then
    redis.call('SET', KEYS[1], cmsgpack.pack(log))
  else
    redis.call('SET', KEYS[1], cmsgpack.pack(log), 'PX', math.max(1, log[#log][1] + horizon - now))
  end
end

-- The longest wait of the windows, and the window that decides next: { place, left, ms until one more is left }.
local function weigh_windows(begins)
  local times = {}
  for _, entry in ipairs(log) do
    if counts(entry) then
      times[#times + 1] = entry[1]
    end
  end
  local longest, told = 0, { -1, 0, 0 }
  for place = 0, tonumber(arg[18]) - 1 do
    local limit, length = tonumber(arg[19 + 2 * place]), tonumber(arg[20 + 2 * place])
    local first = #times + 1
    while first > 1 and times[first - 1] > now - length do
      first = first - 1
    end
    local inside = #times + 1 - first
    local wait = (begins and inside >= limit) and times[#times + 1 - limit] + length - now or 0
    local left = math.max(0, limit - inside - (begins and 1 or 0))
    local reset = wait > 0 and wait or (inside > 0 and times[first] + length - now) or (begins and length or 0)
    if wait > longest or (longest == 0 and (told[1] < 0 or left < told[2] or (left == told[2] and reset > told[3]))) then
      told = { place, left, reset }
    end
    longest = math.max(longest, wait)
  end
  return longest, told
end

local function other_waits()
  local till, disabled = lock()
  local wait = disabled and tonumber(arg[15]) or math.max(0, till - now)
  if concurrency > 0 then
    local running = 0
    for _, entry in ipairs(log) do
      if entry[5] > 0 and entry[1] > now - tonumber(arg[17]) then
        running = running + 1
      end
    end
    if running >= concurrency then
      wait = math.max(wait, tonumber(arg[16]))
    end
  end
  if #log >= log_limit then
    wait = math.max(wait, log[1][1] + horizon - now)
  end
  return wait
end

local function weigh(begins)
  local wait, told = weigh_windows(begins)
  if not begins then
    return 0, told
  end
  local others = other_waits()
  if wait == 0 and others > 0 then
    told = { -1, 0, 0 }
  end
  return math.max(wait, others), told
end

local function acquire()
  local call = arg[3]
  local again = find_call(call)
  if again then
    local _, told = weigh(false)
    return { 1, log[again][2] == held and 1 or 2, 0, told[1], told[2], told[3] }
  end
  local known = held ~= '' and find(held) or nil
  if known and log[known][3] == 0 and log[known][4] < uploads then
    local entry = log[known]
    entry[4], entry[5], entry[6] = entry[4] + 1, entry[5] + 1, call
    local _, told = weigh(false)
    save()
    return { 1, 1, 0, told[1], told[2], told[3] }
  end
  local is_held = held ~= '' and not known
  local wait, told = weigh(true)
  if wait > 0 then
    return { 0, is_held and 1 or 2, wait, told[1], told[2], told[3] }
  end
  log[#log + 1] = { now, is_held and held or call, 0, 1, concurrency > 0 and 1 or 0, call }
  save()
  return { 1, is_held and 1 or 2, 0, told[1], told[2], told[3] }
end

local function may_give_back()
  local at = 19 + 2 * tonumber(arg[18])
  for place = 0, tonumber(arg[at]) - 1 do
    local limit, length, given = tonumber(arg[at + 1 + 2 * place]), tonumber(arg[at + 2 + 2 * place]), 0
    for _, entry in ipairs(log) do
      if entry[3] == 3 and entry[1] > now - length then
        given = given + 1
      end
    end
    if given >= limit then
      return false
    end
  end
  return true
end

local function settle()
  local known = arg[3] == '5' and find_call(held) or find(held)
  if not known or log[known][3] ~= 0 then
    return { 0 }
  end
  local settlement = arg[3]
  if settlement == '1' or settlement == '2' or (settlement == '3' and not may_give_back()) then
    log[known][3] = settlement == '2' and 2 or 1
  elseif settlement ~= '3' and log[known][4] > 1 then
    log[known][4] = log[known][4] - 1
  else
    local entry = table.remove(log, known)
    if settlement == '3' then
      log[#log + 1] = { now, entry[2], 3, 1, 0, '' }
    end
  end
  save()
  return { 1 }
end

local function release()
  local known = find(held)
  if not known or log[known][5] == 0 then
    return { 0 }
  end
  log[known][5] = log[known][5] - 1
  save()
  return { 1 }
end

local function show()
  local wait = weigh(true)
  local _, disabled = lock()
  local answer = { wait, disabled and 1 or 0, 0, 0 }
  for place = 0, tonumber(arg[18]) - 1 do
    answer[5 + place] = 0
  end
  for _, entry in ipairs(log) do
    answer[3] = answer[3] + (entry[3] == 0 and 1 or 0)
    answer[4] = answer[4] + (entry[3] == 3 and 1 or 0)
    for place = 0, tonumber(arg[18]) - 1 do
      if counts(entry) and entry[1] > now - tonumber(arg[20 + 2 * place]) then
        answer[5 + place] = answer[5 + place] + 1
      end
    end
  end
  return answer
end

forget()
if verb == 'acquire' then
  return acquire()
elseif verb == 'settle' then
  return settle()
elseif verb == 'release' then
  return release()
elseif verb == 'show' then
  return show()
end
return redis.error_reply('unknown verb')
