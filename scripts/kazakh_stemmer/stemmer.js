/* A stemmer for Kazakh: the same as __init__.py, which explains it, for the browser.
 *
 *   const kazakh = kazakhStemmer(table, lexicon)
 *       // table: browser_table() of __init__.py, parsed; lexicon: what its dump() returns, or pairs [stem, weight]
 *   kazakh.stem("кітаптарымыздан")  →  "кітап"
 *   kazakh.readings("ерікті")       →  ["ерік", "ерікті"]
 *   kazakh.resolve("китаптан")      →  ["кітап"]        typed without Kazakh letters
 *
 * A classic script: it defines one function, for a page (<script>) and for a worker (importScripts).
 */
function kazakhStemmer(table, lexicon) {
  "use strict"
  const LONGEST = 40
  const NEW = 110
  const LETTER = 25
  const FORMED = 5
  const CARRIED = [0, 110, 100, 94, 90]
  const MOST_ENDINGS = 20000
  const SOFT = { п: "б", к: "г", қ: "ғ" }
  const HARD = { б: "п", г: "к", ғ: "қ" }
  const { letters, archiphonemes, affixes, groups, slots, costs } = table
  const FORMATIVES = table.formatives.split(" ")
  const OPEN_VERBS = ["де", "же"]
  const VOWELS = letters.back + letters.front
  const NEUTRAL = letters.neutral
  const PLAIN = { ...letters.plain, ё: "е" }
  const CLASS = {}
  for (const name in letters.classes) for (const letter of letters.classes[name]) CLASS[letter] = name
  const IRREGULAR = new Map()
  for (const stem in table.irregular) for (const form of table.irregular[stem].split(" ")) IRREGULAR.set(form, stem)
  for (const word of table.alone.split(" ")) IRREGULAR.set(word, word)
  const plain = word => {
    let text = ""
    for (const letter of word) text += PLAIN[letter] ?? letter
    return text
  }
  const isVowel = setOf(VOWELS)
  const isFrontVowel = setOf(letters.front)
  const isNeutral = setOf(NEUTRAL)
  const isLoan = setOf(letters.loan)
  const isTypedVowel = setOf(VOWELS + "иу")
  const isLetter = setOf(Object.keys(CLASS).join("") + "ьъ")

  function setOf(texts) {
    const found = Object.create(null)
    for (const each of texts) found[each] = true
    return found
  }

  const dumped = text => Array.from(text.matchAll(/([^\s\d]+)(\d+)/g), ([, stem, weight]) => [stem, Number(weight)])
  const known = new Map(typeof lexicon === "string" ? dumped(lexicon) : lexicon) // stem → weight as a nominal + 8 × as a verb
  // As it is typed without Kazakh letters → stems
  const written = once(() => {
    const found = new Map()
    for (const stem of known.keys()) {
      const typed = plain(stem)
      if (found.has(typed)) found.get(typed).push(stem)
      else found.set(typed, [stem])
    }
    return found
  })

  // What is made when it is first asked for: a page that only stems need not wait for what resolve() needs.
  function once(make) {
    let made
    return () => (made ??= make())
  }

  const classOf = text => CLASS[text[text.length - 1]] ?? CLASS[text.replace(/[ьъ]+$/, "").slice(-1)] ?? "mute"

  function isFront(text, otherwise = false) {
    for (let at = text.length - 1; at >= 0; at--) if (isVowel[text[at]]) return !!isFrontVowel[text[at]]
    return otherwise
  }

  /* Return whether front vowels follow a stem, and what it costs if they do not; no cost if the stem has no vowel. */
  function harmony(stem) {
    let at = stem.length - 1
    let clash = costs.disharmony
    for (; at >= 0 && !isVowel[stem[at]]; at--) if (isNeutral[stem[at]]) clash = costs["disharmony-loan"]
    if (at < 0) return [true, 0]
    const front = !!isFrontVowel[stem[at]]
    for (at = 0; at < stem.length; at++) if (isLoan[stem[at]] || stem[at] === "и") clash = costs["disharmony-loan"]
    return [front, clash]
  }

  // ---------------------------------------------------------------- Endings

  function adapted(letter, before, harmony) {
    let forms = archiphonemes[letter] ?? letter
    if (typeof forms !== "string" && !(harmony in forms)) forms = forms[before] ?? forms.other
    return typeof forms === "string" ? forms : forms[harmony]
  }

  function shape(pattern, before, front) {
    const afterVowel = before === "vowel" || before === "high"
    if (pattern.includes("|")) pattern = pattern.split("|")[Number(afterVowel)]
    else if (pattern[0] === "(") {
      const isConsonant = pattern[1] in CLASS && !VOWELS.includes(pattern[1])
      pattern = (isConsonant === afterVowel ? pattern[1] : "") + pattern.slice(3)
    }
    let text = ""
    for (const letter of pattern) text += adapted(letter, text ? classOf(text) : before, front ? "front" : "back")
    return text
  }

  function followers(slot) {
    const found = []
    for (const [, group, extra] of slots[slot].follow.matchAll(/([^\s+-]+)([+-]\d+)?/g))
      for (const name of (groups[group] ?? group).split(" ")) found.push([name, affixes[name].cost + Number(extra ?? 0)])
    return found
  }

  /* Return the places where affixes follow: in a slot, after a letter of a class, with front vowels or back ones. */
  function endings(isPlain) {
    const places = { front: {}, back: {} }

    function place(slot, before, front) {
      const rows = front ? places.front : places.back
      return ((rows[slot] ??= {})[before] ??= { slot, before, front, found: new Map(), affixes: null })
    }

    function affixesOf(here) {
      here.affixes = Object.create(null)
      for (const [name, cost] of followers(here.slot)) {
        const { pattern, after, then } = affixes[name]
        if (after && !after.split(" ").includes(here.before)) continue
        const text = shape(pattern, here.before, here.front)
        const texts = new Set([text])
        const end = text[text.length - 1]
        if (then === "derived" || then === "mood") texts.add(text.slice(0, -1) + (SOFT[end] ?? end))
        for (const each of texts) {
          const typed = isPlain ? plain(each) : each
          const next = place(then, classOf(each), isFront(each, here.front))
          ;(here.affixes[typed[0]] ??= []).push({ text: typed, cost, next })
        }
      }
      return here.affixes
    }

    /* Return the cost of the cheapest affixes that are this text. */
    function cost(text, here) {
      if (!text) return slots[here.slot].end ?? Infinity
      const rows = (here.affixes ?? affixesOf(here))[text[0]]
      if (!rows) return Infinity
      let best = here.found.get(text)
      if (best !== undefined) return best
      best = Infinity
      for (const row of rows)
        if (text.startsWith(row.text)) best = Math.min(best, row.cost + cost(text.slice(row.text.length), row.next))
      if (here.found.size > MOST_ENDINGS) here.found.clear()
      here.found.set(text, best)
      return best
    }

    /* The first two letters of what may follow a stem. */
    const beginnings = setOf(table.beginnings.split(" ").map(text => (isPlain ? plain(text) : text)))

    return { place, cost, mayBegin: text => text.length < 2 || beginnings[text.slice(0, 2)] }
  }

  const asWritten = once(() => endings(false))
  const asTyped = once(() => endings(true))
  const isEnding = text =>
    text.length <= LONGEST &&
    Object.keys(letters.classes).some(before =>
      [true, false].some(front => asWritten().cost(text, asWritten().place("noun", before, front)) < Infinity)
    )

  // ---------------------------------------------------------------- Cuts

  function mayBeStem(text) {
    if (text.length === 2) {
      const closed = (isVowel[text[0]] || text[0] === "и" || text[0] === "у") && !isVowel[text[1]]
      return closed || text[1] === "у" || text[1] === "и" || OPEN_VERBS.includes(text)
    }
    for (let at = 0; at < text.length; at++) if (isVowel[text[at]] || isNeutral[text[at]]) return true
    return false
  }

  const spelt = rest => (rest[0] === "ю" ? "у" : "а") + rest.slice(1)

  /* Add to `found` each nominal that may be written as `start` before `rest`; each verb, likewise. */
  function nominals(start, rest, opens, vowels, high, found) {
    const end = start[start.length - 1]
    const beforeLast = start[start.length - 2]
    found.push([start, false, rest, "", opens && SOFT[end] ? costs.unsoftened : 0])
    if ((end === "і" || end === "и") && high.includes(end) && start.length > 4 && "ктг".includes(beforeLast) &&
        !vowels[start[start.length - 3]])
      found.push([start.slice(0, -1), false, rest, "high", costs.epenthetic])
    if (start.endsWith("ис") && (opens || rest.startsWith("тер"))) found.push([start + "т", false, rest, "", costs["ст"]])
    if (!opens) return
    if (HARD[end] && (vowels[beforeLast] || isNeutral[beforeLast]))
      found.push([start.slice(0, -1) + HARD[end], false, rest, "", costs.softened])
    if (start.length > 2 && "нзсқкпмлр".includes(end) && "рлйуңнмз".includes(beforeLast))
      for (const letter of high) found.push([start.slice(0, -1) + letter + end, false, rest, "", costs.dropped])
    if ("лнрт".includes(end)) found.push([start + "ь", false, rest, "", costs["soft-sign"]])
  }

  function verbs(start, rest, opens, vowels, high, found) {
    const end = start[start.length - 1]
    const beforeLast = start[start.length - 2]
    const first = rest[0]
    if (!HARD[end]) {
      const stays = opens && SOFT[end] && vowels[beforeLast]
      found.push([start, true, rest, "", stays ? costs.unsoftened : 0])
    } else if (opens) found.push([start.slice(0, -1) + HARD[end], true, rest, "", costs["softened-verb"]])
    if (!rest) return
    if (end === "у" && vowels[beforeLast] && /^[ыіи]п/.test(rest))
      found.push([start.slice(0, -1) + "п", true, rest, "", costs["п-у"]])
    if (first === "у" && !isVowel[end] && !"йию".includes(end)) {
      for (const letter of high) found.push([start + letter, true, rest, "mute", 0])
    } else if (first === "и" && !isVowel[end]) {
      for (const letter of high) found.push([start + letter, true, "й" + rest.slice(1), "vowel", 0])
    } else if ((first === "ю" || first === "я") && end === "и") found.push([start, true, spelt(rest), "glide", 0])
  }

  function stems(start, rest, isPlain) {
    const found = []
    const vowels = isPlain ? isTypedVowel : isVowel
    const high = isPlain ? "ыи" : isFront(start) ? "і" : "ы"
    const opens = !!rest && !!vowels[rest[0]]
    if ((rest[0] === "ю" || rest[0] === "я") && vowels[start[start.length - 1]])
      found.push([start + "й", true, spelt(rest), "glide", 0])
    if (!mayBeStem(start)) return found
    if (rest && !OPEN_VERBS.includes(start)) nominals(start, rest, opens, vowels, high, found)
    verbs(start, rest, opens || rest[0] === "у", vowels, high, found)
    return found
  }

  const nominalCost = stem =>
    (stem.endsWith("у") && stem.length > 3) || (stem.endsWith("ю") && stem.length > 2) ? costs["verbal-noun"] : 0

  function stemCost(stem, isVerb) {
    const weights = known.get(stem) ?? 0
    const weight = isVerb ? weights >> 3 : weights & 7
    if (weight) return CARRIED[weight]
    const isFormed = !isVerb && stem.length > FORMED && FORMATIVES.includes(stem.slice(-3))
    return NEW + (isFormed ? LETTER * (stem.length - 3) + costs.formative : LETTER * stem.length)
  }

  /* Call take(stem, cost) for every cut of a word; if it is plain, for those with a stem that is known. */
  function cut(word, isPlain, take) {
    const real = stem => (isPlain ? written().get(stem) ?? [] : [stem])
    for (const stem of real(word)) take(stem, stemCost(stem, false) + costs.noun + slots.noun.end + nominalCost(stem))
    if (word.length > LONGEST) return
    for (let at = 0; at < word.length; at++) if (!isLetter[word[at]]) return
    const { place, cost, mayBegin } = isPlain ? asTyped() : asWritten()
    for (let size = 2; size <= word.length; size++) {
      const start = word.slice(0, size)
      const rest = word.slice(size)
      if (!mayBegin(rest)) continue
      const ofStart = isPlain ? null : harmony(start)
      for (const [stem, isVerb, ending, before, change] of stems(start, rest, isPlain))
        for (const each of real(stem)) {
          const [front, clash] = ofStart ?? harmony(each)
          const slot = isVerb ? "verb" : "noun"
          const after = before || classOf(each)
          const cheapest = Math.min(
            cost(ending, place(slot, after, front)), clash + cost(ending, place(slot, after, !front))
          )
          if (cheapest === Infinity) continue
          take(each, stemCost(each, isVerb) + costs[slot] + (isVerb ? 0 : nominalCost(each)) + change + cheapest)
        }
    }
  }

  const compare = ([a, aCost], [b, bCost]) => aCost - bCost || a.length - b.length || (a < b ? -1 : Number(a > b))

  /* Return the stem of a word in small letters; the word itself if it is not written in Kazakh letters. */
  function stem(word) {
    word = word.replaceAll("ё", "е")
    const hyphen = word.lastIndexOf("-")
    if (hyphen > 0) {
      const tail = word.slice(hyphen + 1)
      return isEnding(tail) ? word.slice(0, hyphen) : word.slice(0, hyphen + 1) + stem(tail)
    }
    if (IRREGULAR.has(word)) return IRREGULAR.get(word)
    let best = ""
    let least = Infinity
    cut(word, false, (stem, cost) => {
      if (cost > least || (cost === least && compare([stem, cost], [best, least]) >= 0)) return
      best = stem
      least = cost
    })
    return best
  }

  function ranked(word, isPlain) {
    const best = new Map()
    for (const [form, stem] of IRREGULAR)
      if (known.has(stem) && (isPlain ? plain(form) : form) === word) best.set(stem, 0)
    cut(word, isPlain, (stem, cost) => {
      if (known.has(stem) && cost < (best.get(stem) ?? Infinity)) best.set(stem, cost)
    })
    const changes = stem => Number(isPlain && stem !== plain(stem))
    const order = (a, b) => a[1] - b[1] || changes(a[0]) - changes(b[0]) || compare(a, b)
    return [...best].sort(order).map(([stem]) => stem)
  }

  /* Return the known stems that a word may be a form of, the likeliest first. */
  const readings = word => ranked(word.replaceAll("ё", "е"), false)

  /* Return the same for a word typed without Kazakh letters. */
  const resolve = word => ranked(plain(word), true)

  return { stem, readings, resolve, plain, knows: stem => known.has(stem) }
}
