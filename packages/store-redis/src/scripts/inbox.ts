import { createScript, type Script } from '../script-runner';

/** An entry is packed as its sender, the process that has it, and the call that put it there. */
const PRELUDE = `
local payloads, entries, order, leases = unpack(KEYS, 1, 4)

local function read(id)
  local packed = redis.call('HGET', entries, id)
  return packed and cmsgpack.unpack(packed)
end
`;

/** Arguments: id, sender, payload, holder, leased until, call. */
export const PUT: Script = createScript(`#!lua
${PRELUDE}
local id, sender, payload, holder, till, call = unpack(ARGV)
local known = read(id)
if known then return known[3] == call and 1 or 0 end
if redis.call('EXISTS', KEYS[5]) == 1 then return 0 end
local last = redis.call('ZRANGE', order, 0, 0, 'REV', 'WITHSCORES')[2] or 0
redis.call('HSET', payloads, id, payload)
redis.call('HSET', entries, id, cmsgpack.pack({sender, holder, call}))
redis.call('ZADD', order, last + 1, id)
redis.call('ZADD', leases, till, id)
return 1
`);

/** Arguments: holder, leased until, and the ids. */
export const RENEW: Script = createScript(`#!lua
${PRELUDE}
local kept = {}
for index = 3, #ARGV do
  local id = ARGV[index]
  local entry = read(id)
  if entry and entry[2] == ARGV[1] then
    redis.call('ZADD', leases, ARGV[2], id)
    kept[#kept + 1] = id
  end
end
return kept
`);

/** Arguments: id, how long it is remembered. */
export const DONE: Script = createScript(`#!lua flags=allow-oom
${PRELUDE}
local id = ARGV[1]
redis.call('SET', KEYS[5], '', 'PX', ARGV[2])
redis.call('HDEL', payloads, id)
redis.call('HDEL', entries, id)
redis.call('ZREM', order, id)
redis.call('ZREM', leases, id)
return 1
`);

/** Arguments: now, limit, leased until, holder. */
export const TAKE_OVER: Script = createScript(`#!lua
${PRELUDE}
local STEP = 100
local now, limit, till, holder = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4]
local left = redis.call('ZCOUNT', leases, '-inf', ARGV[1])
local taken, elsewhere, first = {}, {}, 0

local function take(id, entry)
  redis.call('HSET', entries, id, cmsgpack.pack({entry[1], holder, entry[3]}))
  redis.call('ZADD', leases, till, id)
  taken[#taken + 1] = {id, entry[1], redis.call('HGET', payloads, id)}
end

local function look(id)
  local entry = read(id)
  if tonumber(redis.call('ZSCORE', leases, id)) > now then
    if entry[2] ~= holder then elsewhere[entry[1]] = true end
    return
  end
  left = left - 1
  if not elsewhere[entry[1]] then take(id, entry) end
end

while left > 0 and #taken < limit do
  local ids = redis.call('ZRANGE', order, first, first + STEP - 1)
  for _, id in ipairs(ids) do
    if left > 0 and #taken < limit then look(id) end
  end
  if #ids < STEP then break end
  first = first + STEP
end
return taken
`);

/** Arguments: id, holder. */
export const IS_BEHIND: Script = createScript(`#!lua flags=no-writes
${PRELUDE}
local STEP = 100
local entry = read(ARGV[1])
local rank = entry and redis.call('ZRANK', order, ARGV[1]) or 0
for first = 0, rank - 1, STEP do
  for _, id in ipairs(redis.call('ZRANGE', order, first, math.min(first + STEP, rank) - 1)) do
    local early = read(id)
    if early and early[1] == entry[1] and early[2] ~= ARGV[2] then return 1 end
  end
end
return 0
`);
