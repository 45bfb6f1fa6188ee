import { createScript, type Script } from '../script-runner';
import { UNTOLD } from './untold';

/**
 * A wait is packed as: who noted its stall ('' for nobody), stallAt, dropAt, channel, line, key,
 * flow, node, position, and the parents.
 */
const PRELUDE = `
local waits, due, out, leases, waiting, stalled = unpack(KEYS, 1, 6)

local function add(counts, place, by)
  if redis.call('HINCRBY', counts, place, by) <= 0 then redis.call('HDEL', counts, place) end
end

local function count(wait, by)
  local place = cmsgpack.pack({wait[7], wait[8]})
  add(waiting, place, by)
  if wait[1] ~= '' then add(stalled, place, by) end
end

local function read(id)
  local packed = redis.call('HGET', waits, id)
  return packed and cmsgpack.unpack(packed)
end

local function isDrop(wait)
  return wait[1] ~= '' or wait[3] <= wait[2]
end

local function deadlineOf(wait)
  return isDrop(wait) and wait[3] or wait[2]
end

local function text(number)
  return string.format('%.17g', number)
end

local function bringBack(id)
  if redis.call('HDEL', leases, id) == 1 then redis.call('ZREM', out, id) end
end

local function remove(id, wait)
  redis.call('HDEL', waits, id)
  redis.call('ZREM', due, id)
  bringBack(id)
  if wait then count(wait, -1) end
end
`;

/**
 * A claim is kept as its reason, whose it is, and whether the stall was noted. It belongs to the
 * call that made it and, after a dot, to the message of the call; another dot says that there was
 * no wait. An older Turnspan writes the call alone, and takes all of this for a call.
 */
const CLAIMS = `
local function readClaim(key)
  local claim = redis.call('GET', key)
  if not claim then return nil end
  local reason, call, message, unseen, noted =
    string.match(claim, '^(%a+) ([^ .]+)%.?([^ .]*)(%.?) ([01])$')
  return {reason = reason, call = call, message = message, isUnseen = unseen ~= '', noted = noted}
end

local function keepClaim(key, reason, owner, wait, keptMs)
  local noted = wait and wait[1] ~= '' and '1' or '0'
  redis.call('SET', key, reason .. ' ' .. owner .. ' ' .. noted, 'PX', keptMs)
  return noted
end
`;

const WRITES = '#!lua';
/** What takes waits off the list gives memory back, so it goes on when there is none left. */
const FREES_MEMORY = '#!lua flags=allow-oom';
const READS = '#!lua flags=no-writes';

/** Arguments: id, and the wait as it is packed. */
export const WAIT: Script = createScript(`${WRITES}
${PRELUDE}
local id = ARGV[1]
if redis.call('EXISTS', KEYS[7]) == 1 then return 0 end
local wait = {'', tonumber(ARGV[2]), tonumber(ARGV[3]), unpack(ARGV, 4)}
local before = read(id)
if before then
  if before[2] == wait[2] then wait[1] = before[1] end
  count(before, -1)
  bringBack(id)
end
redis.call('HSET', waits, id, cmsgpack.pack(wait))
redis.call('ZADD', due, text(deadlineOf(wait)), id)
count(wait, 1)
return 1
`);

/** Arguments: id, reason, call, whether the id is of this origin, how long a claim is kept, message or ''. */
export const CLAIM: Script = createScript(`${FREES_MEMORY}
${PRELUDE}
${CLAIMS}
local id, reason, call, isOwn, keptMs, message = unpack(ARGV, 1, 6)

local function ownerOf(isUnseen)
  if isUnseen then return call .. '.' .. message .. '.' end
  return message == '' and call or call .. '.' .. message
end

local function answerAgain(known)
  local isSameCall = known.call == call
  local isSameMessage = message ~= '' and known.message == message and known.reason == reason
  if not isSameCall and not isSameMessage then return {0, known.reason} end
  if known.isUnseen then return {0, ''} end
  return {1, '', isSameCall and known.noted or '1'}
end

local known = readClaim(KEYS[7])
if known then return answerAgain(known) end
local wait = read(id)
local isUnseen = not wait and isOwn == '1'
local noted = keepClaim(KEYS[7], reason, ownerOf(isUnseen), wait, keptMs)
if isUnseen then return {0, ''} end
if not wait then return {1, '', '0'} end
remove(id, wait)
return {1, '', noted, id, text(wait[2]), text(wait[3]), unpack(wait, 4)}
`);

/** Arguments: now, limit, leased until, lease. */
export const TAKE_DUE: Script = createScript(`${FREES_MEMORY}
${PRELUDE}
local taken = {}
local ids = redis.call('ZRANGE', due, '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])
for _, id in ipairs(ids) do
  local wait = read(id)
  if wait then
    redis.call('ZADD', due, ARGV[3], id)
    redis.call('ZADD', out, text(deadlineOf(wait)), id)
    redis.call('HSET', leases, id, ARGV[4])
    local name = isDrop(wait) and 'drop' or 'stall'
    taken[#taken + 1] = {name, id, text(wait[2]), text(wait[3]), unpack(wait, 4)}
  else
    remove(id)
  end
end
return taken
`);

/** Arguments: call, how long a claim is kept, now, and id, lease and deadline of each. */
export const SETTLE: Script = createScript(`${FREES_MEMORY}
${PRELUDE}
${CLAIMS}
${UNTOLD}
local call, keptMs, now = unpack(ARGV, 1, 3)
local untold, settledAt = KEYS[7], KEYS[8]

local function isSettled(id, deadline, key)
  if deadline == 'drop' then
    local claim = readClaim(key)
    return claim and claim.call == call
  end
  local wait = read(id)
  return wait and wait[1] == call
end

local function settle(id, deadline, key)
  local wait = read(id)
  if not wait then return remove(id) end
  if deadline == 'drop' then
    keepClaim(key, 'dropped', call, wait, keptMs)
    redis.call('HSET', untold, id, cmsgpack.pack(wait))
    redis.call('ZADD', settledAt, now, id)
    remove(id, wait)
  else
    wait[1] = call
    redis.call('HSET', waits, id, cmsgpack.pack(wait))
    redis.call('ZADD', due, text(wait[3]), id)
    add(stalled, cmsgpack.pack({wait[7], wait[8]}), 1)
    bringBack(id)
  end
  return true
end

local settled = {}
for index = 1, #KEYS - 8 do
  local id, lease, deadline = unpack(ARGV, 3 * index + 1, 3 * index + 3)
  local mine
  if redis.call('HGET', leases, id) == lease then
    mine = settle(id, deadline, KEYS[8 + index])
  else
    mine = isSettled(id, deadline, KEYS[8 + index])
  end
  settled[index] = mine and 1 or 0
end
forgetOld(untold, settledAt, text(tonumber(now) - tonumber(keptMs)))
return settled
`);

/** Gives the next deadline, and flow, node and numbers of each place. */
export const SUMMARY: Script = createScript(`${READS}
${PRELUDE}
local next = ''
for _, deadlines in ipairs({due, out}) do
  local first = redis.call('ZRANGE', deadlines, 0, 0, 'WITHSCORES')[2]
  if first and (next == '' or tonumber(first) < tonumber(next)) then next = first end
end
local summary = {next}
local counts = redis.call('HGETALL', waiting)
for index = 1, #counts, 2 do
  local flow, node = unpack(cmsgpack.unpack(counts[index]))
  local stalls = redis.call('HGET', stalled, counts[index]) or '0'
  summary[#summary + 1] = {flow, node, counts[index + 1], stalls}
end
return summary
`);
