/* Search of one language: finds and ranks sections of the guide for what a reader types.
 *
 *   guideSearchIndex(data)          the index file calls it, with guideSearchHead before: index.py says what they hold
 *   guideSearches.kk.search(query)  →  {groups, words, shown, missing}
 *   guideSearches.kk.excerpt(section, words)   →  HTML
 *
 * A classic script without a document, for a worker, a hidden frame (offline copy) and QuickJS (scripts/search.py).
 * What a word of the query may mean is looked for in this order; a later way is gone only when no earlier one leads to
 * anything better: the word itself, another form of it, the beginning of a word (while it is typed), without Kazakh
 * letters, a bridge of the glossary, the wrong keyboard layout, Latin letters, two words written as one, a typo.
 */
var guideSearches = typeof guideSearches === "undefined" ? {} : guideSearches
var guideSearchTexts = typeof guideSearchTexts === "undefined" ? {} : guideSearchTexts
var guideSearchHead

function guideSearchIndex(data) {
  const whole = { ...guideSearchHead, ...data }
  guideSearches[whole.language] = guideSearchEngine(whole)
}

function guideSearchText([location, texts]) {
  guideSearchTexts[location] = texts
}

function guideSearchEngine(data) {
  "use strict"
  const LONGEST_QUERY = 200 // letters; what follows is not looked at
  const MOST_WORDS = 12
  const LEAST_PART = data.language === "en" ? 2 : 3 // letters of a word that may be part of one: “on line”, not «по мощь»
  const MOST_SECTIONS = 3 // of a page that is among the first
  const FIRST_PAGES = 3
  const FEW_SECTIONS = 1 // of another
  const MOST_MARKED = 4 // forms that are marked on a page for each word
  const MOST_LOOKED_AT = 40
  const SHOWN = 0.85 // a section of a page that scores so much of its best is not hidden
  const WORD = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu
  const WORD_OR_LINE = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*|\n+/gu
  // How sure we are of what a word means. Below 0.9 it is a guess, which is said.
  const SURE = { form: 1, stem: 0.97, begin: 0.92, plain: 0.87, bridge: 0.84, layout: 0.95, latin: 0.78, split: 0.55, typo: 0.6 }
  const GUESS = 0.9
  // BM25 with fields: a word in the title of the section counts as so many in its text, of the page as so many
  const K1 = 1.6
  const B = 0.35
  const TITLE = 6
  const PAGE_TITLE = 1.2
  const NEAR = 0.65 // how far a word covers a section that stands only elsewhere on its page
  const COVERED = 1.5 // the power to which the covered part of the query counts
  const COMMON = 0.25 // what a common word counts for
  const REFERENCE = 0.8 // what a section counts for that explains a word or names a source, beside one that advises
  const RARE = 6 // a word of another language that stands in so few places has its name here looked for too
  const OTHER_NAME = 0.95 // what a section counts for that was found by another name
  const isKazakh = data.language === "kk"

  // ---------------------------------------------------------------- Reading the index

  function number(text, at) {
    const code = text.charCodeAt(at)
    return code > 92 ? code - 36 : code - 35
  }
  const pages = data.pages.split("\n")
  const isReference = pages.map(address => /^reference\/(glossary|sources|contributing|translations)\b/.test(address))
  const titles = []
  const anchors = []
  const pageOf = []
  const firstOf = []
  data.titles.split("\n\n").forEach((block, page) => {
    firstOf.push(titles.length)
    for (const title of block.split("\n")) {
      titles.push(title)
      pageOf.push(page)
    }
  })
  data.anchors.split("\n\n").forEach(block => anchors.push("", ...(block ? block.split("\n") : [])))
  const count = titles.length
  const textFiles = data.texts.split(" ")
  const heldFrom = [] // file of texts → its first section
  const fileOf = [] // section → its file of texts
  textFiles.forEach((_, file) => {
    heldFrom.push(fileOf.length)
    for (let left = number(data.held, file); left; left--) fileOf.push(file)
  })
  const norm = new Float64Array(count)
  let total = 0
  for (let section = 0; section < count; section++) total += norm[section] = 8 * number(data.lengths, section) + 4
  for (let section = 0; section < count; section++) norm[section] = 1 - B + (B * norm[section] * count) / total

  const stems = []
  for (const record of data.stems.split(/(?=[A-Z])/)) {
    const before = stems.length ? stems[stems.length - 1] : ""
    stems.push(before.slice(0, record.charCodeAt(0) - 65) + record.slice(1))
  }
  const stemIds = once(() => new Map(stems.map((stem, id) => [stem, id])))
  const endings = data.endings.split(" ")
  const cuts = endings.map(ending => parseInt(ending[0], 36))
  const tails = endings.map(ending => ending.slice(1))
  const forms = []
  const formIds = new Map()
  const stemOf = []
  const formsFrom = [0] // stem → its first form; the forms of a stem follow one another, the frequent first
  for (let at = 0, stem = 0; stem < stems.length; stem++) {
    const whole = stems[stem]
    for (let left = number(data.forms, at++); left; left--) {
      const ending = number(data.forms, at++)
      const form = cuts[ending] ? whole.slice(0, -cuts[ending]) + tails[ending] : whole + tails[ending]
      formIds.set(form, forms.length)
      forms.push(form)
      stemOf.push(stem)
    }
    formsFrom.push(forms.length)
  }

  const sixBits = new Uint8Array(128)
  const SIGNS64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  Array.from(SIGNS64).forEach((sign, value) => (sixBits[sign.charCodeAt(0)] = value))

  // The sections in whose text forms of a stem stand: postings[postingsFrom[stem]] and on
  const postingsFrom = new Int32Array(stems.length + 1)
  for (let stem = 0; stem < stems.length; stem++) postingsFrom[stem + 1] = postingsFrom[stem] + number(data.counts, stem)
  const postings = new Uint16Array(postingsFrom[stems.length])
  for (let stem = 0, at = 0, left = 0, bits = 0; stem < stems.length; stem++) {
    const size = postingsFrom[stem + 1] - postingsFrom[stem]
    let low = 0
    while (size && 10 * (size << (low + 1)) <= 7 * count) low++
    let section = -1
    for (let place = postingsFrom[stem]; place < postingsFrom[stem + 1]; place++) {
      let gap = 0
      let more = -1 // of the low part; still in the high one
      while (more) {
        if (!left) {
          bits = sixBits[data.postings.charCodeAt(at++)]
          left = 6
        }
        const bit = (bits >> --left) & 1
        if (more > 0) {
          gap = 2 * gap + bit
          more--
        } else if (bit) gap++
        else more = low
      }
      section += 1 + gap
      postings[place] = section
    }
  }

  const titleForms = [[]] // section → the forms of its title, in order
  const inTitles = new Map() // form → sections in whose title it stands
  for (const word of normal(data.titles).match(WORD_OR_LINE) ?? []) {
    const section = titleForms.length - 1
    if (word[0] === "\n") {
      titleForms.push([])
      continue
    }
    const id = formIds.get(word)
    if (!inTitles.has(id)) inTitles.set(id, [section])
    else if (!titleForms[section].includes(id)) inTitles.get(id).push(section)
    titleForms[section].push(id)
  }

  function once(make) {
    let made
    return () => (made ??= make())
  }
  const lasting = once(() => {
    if (isKazakh) return kazakhStemmer(data.table, stems.map((stem, id) => [stem, number(data.lexicon, id)]))
    const snowball = data.language === "ru" ? new RussianStemmer() : new EnglishStemmer()
    const letters = data.language === "ru" ? /^[а-я]+$/ : /^[a-z']+$/
    const regular = new Map() // form → word
    for (const line of data.irregular.split("\n")) {
      const [word, ...irregular] = line.split(" ")
      for (const form of irregular) regular.set(form, word)
    }
    const stem = word => (letters.test(word) ? snowball.stemWord(regular.get(word) ?? word) : word)
    return { stem, resolve: () => [] }
  })

  // ---------------------------------------------------------------- Words

  function normal(text) {
    return text.normalize("NFC").toLowerCase().replace(/ё/g, "е").replace(/[’ʼ`]/g, "'").replace(/[\p{Cf}\u0300-\u036f]/gu, "")
  }

  const PLAIN = ["әа", "ғг", "қк", "ңн", "өо", "ұу", "үу", "іи", "һх"]
  const AMERICAN = /or|[iy][sz]|m|ter|tre/ // what an English word has that may be spelled in another way
  // Words, a line each, as they are typed without Kazakh letters, or as Americans spell them.
  const plain =
    data.language === "en"
      ? word => word.replace(/our/g, "or").replace(/([iy])s(?=e|ing|ation|er)/g, "$1z").replace(/mme/g, "m").replace(/tre$/gm, "ter")
      : word => PLAIN.reduce((text, [from, to]) => text.replaceAll(from, to), word)
  // What Latin and Cyrillic spellings of a word have in common; q and k, i and y and й, s and sh are one.
  const SOUNDS = {
    а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ж: "j", з: "z", и: "i", й: "i", і: "i", ы: "i", к: "k",
    қ: "k", л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ү: "u", ұ: "u", ф: "f",
    х: "h", һ: "h", ц: "ts", ч: "ch", ш: "s", щ: "s", ъ: "", ь: "", э: "e", ю: "iu", я: "ia",
  }
  const LATIN = [
    [/shch|sch|sh/g, "s"], [/zh/g, "j"], [/gh/g, "g"], [/kh|x/g, "h"], [/ng/g, "n"], [/c(?!h)/g, "ts"], [/q/g, "k"], [/[yı]/g, "i"],
    [/w/g, "u"],
  ]
  const squeezed = sound => sound.replace(/ng/g, "n").replace(/(.)\1+/g, "$1")
  function soundOf(word) {
    let sound = ""
    for (let at = 0; at < word.length; at++) sound += SOUNDS[word[at]] ?? word[at]
    return squeezed(sound)
  }
  const bare = word => word.normalize("NFD").replace(/\p{M}/gu, "")
  const soundOfLatin = word => squeezed(LATIN.reduce((text, [from, to]) => text.replace(from, to), bare(word)))
  const CYRILLIC = [
    ["shch", "щ"], ["sch", "щ"], ["sh", "ш"], ["ch", "ч"], ["zh", "ж"], ["gh", "г"], ["kh", "х"], ["ng", "н"], ["ts", "ц"], ["yu", "ю"],
    ["ya", "я"], ["iu", "ю"], ["ia", "я"],
  ]
  const ONE = {
    a: "а", b: "б", c: "ц", d: "д", e: "е", f: "ф", g: "г", h: "х", i: "и", j: "ж", k: "к", l: "л", m: "м", n: "н", o: "о", p: "п",
    q: "к", r: "р", s: "с", t: "т", u: "у", v: "в", w: "у", x: "х", y: "ы", z: "з", ı: "и", "'": "ь",
  }
  function toCyrillic(word) {
    let text = bare(word.replace(/ş/g, "sh").replace(/ž/g, "zh"))
    for (const [from, to] of CYRILLIC) text = text.split(from).join(to)
    return text.replace(/(?<=[аеиоуаeiou])y/g, "й").replace(/[a-zı']/g, letter => ONE[letter] ?? letter)
  }

  // The same keys on two keyboards; of the Kazakh one also the row of digits, and both with Shift.
  const KEYS = ["qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~", "йцукенгшщзхъфывапролджэячсмитьбюехъжэбюе"]
  const ROW = ["234589" + "0-=@#$%*()_+", "әіңғүұқөһәіңғүұқөһ"]
  const pairs = (from, to) => new Map(Array.from(from, (letter, at) => [letter, to[at]]))
  const toRussianKeys = pairs(KEYS[0], KEYS[1])
  const toKazakhKeys = pairs(KEYS[0] + ROW[0], KEYS[1] + ROW[1])
  const toLatinKeys = pairs(KEYS[1].slice(0, 32), KEYS[0].slice(0, 32))
  const toKazakhRow = pairs(ROW[0], ROW[1])
  const typedOn = (keys, text) => Array.from(text, letter => keys.get(letter) ?? letter).join("")

  // What a piece of the query without blanks may have been meant to be, when it was typed on the wrong keyboard.
  function otherKeyboards(piece) {
    const isLatin = /[a-z]/.test(piece)
    const isCyrillic = /\p{sc=Cyrillic}/u.test(piece)
    const found = []
    if (isLatin && !isCyrillic) found.push(typedOn(toKazakhKeys, piece), typedOn(toRussianKeys, piece))
    if (!isLatin && /[2-589\-=0@#$%*()_+]/.test(piece) && /\p{L}/u.test(piece)) found.push(typedOn(toKazakhRow, piece))
    if (isCyrillic && !isLatin) found.push(typedOn(toLatinKeys, piece))
    return found.filter((each, at) => each !== piece && found.indexOf(each) === at)
  }

  // ---------------------------------------------------------------- The vocabulary, looked at in several ways

  // Which forms, spelled in some way, are a text or begin with it.
  function among(keys) {
    return (text, isWhole) => {
      const found = []
      for (let id = 0; id < keys.length; id++) if (isWhole ? keys[id] === text : keys[id].startsWith(text)) found.push(id)
      return found
    }
  }
  const spelled = way => way(forms.join("\n")).split("\n")
  const plainForms = once(() => spelled(plain))
  const asWritten = among(forms)
  const asPlain = once(() => among(plainForms()))
  const asSound = once(() => among(spelled(soundOf)))
  const formsOf = stem => Array.from({ length: formsFrom[stem + 1] - formsFrom[stem] }, (_, at) => formsFrom[stem] + at)
  const standing = stem => postingsFrom[stem + 1] - postingsFrom[stem]
  const titled = form => inTitles.get(form)?.length ?? 0
  // Only the order of a stem's forms is known: the first is taken to stand everywhere, the second in half of the places …
  const frequency = form => standing(stemOf[form]) / (1 + form - formsFrom[stemOf[form]]) + 3 * titled(form)

  // Letters of each form as bits, to pass over forms that are too different without comparing letter by letter.
  const bits = word => {
    let found = 0
    for (let at = 0; at < word.length; at++) found |= 1 << (word.charCodeAt(at) & 31)
    return found
  }
  const masks = once(() => Int32Array.from(plainForms(), bits))
  const ones = value => {
    let found = 0
    for (; value; value &= value - 1) found++
    return found
  }

  // Damerau and Levenshtein's distance (neighbours that changed places count once); more than `most` is most + 1.
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1
    let [older, old] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)]
    for (let i = 1; i <= a.length; i++) {
      const row = [i]
      let least = i
      for (let j = 1; j <= b.length; j++) {
        let best = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + Number(a[i - 1] !== b[j - 1]))
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, older[j - 2] + 1)
        row.push(best)
        if (best < least) least = best
      }
      if (least > most) return most + 1
      ;[older, old] = [old, row]
    }
    return old[b.length]
  }

  // ---------------------------------------------------------------- What a word may mean

  // A meaning: forms with their weights (form → 0…1), how sure we are, and how it is shown to the reader.
  const weighed = (ids, weight, found = new Map()) => {
    for (const id of ids) if ((found.get(id) ?? 0) < weight) found.set(id, weight)
    return found
  }
  const meaning = (found, sure, shown) => ({ forms: found, sure, shown })

  function ofStem(stem, form, sure) {
    const found = weighed(formsOf(stem), 0.85)
    if (form !== undefined) found.set(form, 1)
    return meaning(found, sure, form === undefined ? shortest(stem) : forms[form])
  }

  function shortest(stem) {
    return forms[formsOf(stem).reduce((a, b) => (forms[b].length < forms[a].length ? b : a))]
  }

  function asIs(word) {
    const form = formIds.get(word)
    if (form !== undefined) return ofStem(stemOf[form], form, SURE.form)
    const stem = stemIds().get(lasting().stem(word))
    return stem === undefined ? null : { ...ofStem(stem, undefined, SURE.stem), shown: word }
  }

  function begun(ids, size, sure) {
    if (!ids.length) return null
    const found = new Map()
    for (const id of ids) found.set(id, 0.5 + (0.4 * size) / forms[id].length)
    return meaning(found, sure, forms[ids.reduce((a, b) => (frequency(b) > frequency(a) ? b : a))])
  }

  function isBegun(word, isLast) {
    const isLong = word.length > 2 || (word.length > 1 && data.language !== "en" && !/[a-z]/.test(word))
    return isLast && word.length > 1 ? begun(asWritten(word), word.length, isLong ? SURE.begin : SURE.latin - 0.05) : null
  }

  // A word that the guide has only in longer ones: «мүгедек» in «мүгедектік».
  const asBeginning = word => (word.length > 4 ? begun(asWritten(word), word.length, SURE.latin) : null)

  // The form itself, another form, or the beginning of one: what is no guess.
  function known(word, isLast) {
    const begin = isBegun(word, isLast)
    if (begin && word.length < 4 && !formIds.has(word)) return begin
    const whole = asIs(word)
    if (!whole) return begin
    if (begin) for (const [id, weight] of begin.forms) if (!whole.forms.has(id)) whole.forms.set(id, 0.5 * weight)
    if (data.language === "en" && AMERICAN.test(word)) for (const id of asPlain()(plain(word), true)) weighed(formsOf(stemOf[id]), 0.85, whole.forms)
    return whole
  }

  function spelledPlainly(word, isLast) {
    const typed = plain(word)
    const same = asPlain()(typed, true).sort((a, b) => frequency(b) - frequency(a))
    const stemsFound = new Set(same.map(id => stemOf[id]))
    if (!same.length && !(isLast && word.length < 4)) for (const stem of lasting().resolve(typed).slice(0, 3)) stemsFound.add(stemIds().get(stem))
    stemsFound.delete(undefined)
    if (stemsFound.size) {
      const found = new Map()
      for (const stem of stemsFound) weighed(formsOf(stem), 0.85, found)
      weighed(same, 1, found)
      const [first] = stemsFound
      return meaning(found, SURE.plain, same.length ? forms[same[0]] : shortest(first))
    }
    return isLast && typed.length > 2 ? begun(asPlain()(typed), typed.length, SURE.plain - 0.05) : null
  }

  function inLatin(word, isLast) {
    if (data.language === "en" || !/^[\p{sc=Latin}']+$/u.test(word) || word.length < (isLast ? 3 : 2)) return null
    const sound = soundOfLatin(word)
    if (2 * sound.length < word.length) return null // “qqqqqq”
    const same = asSound()(sound, true).sort((a, b) => frequency(b) - frequency(a))
    if (same.length) {
      const found = weighed(same, 1)
      for (const id of same) weighed(formsOf(stemOf[id]), 0.8, found)
      return meaning(found, SURE.latin, forms[same[0]])
    }
    const cyrillic = toCyrillic(word)
    const inflected = asIs(cyrillic) ?? (isKazakh ? spelledPlainly(cyrillic, false) : null)
    if (inflected) return { ...inflected, sure: SURE.latin - 0.03 }
    return isLast && sound.length > 2 ? begun(asSound()(sound), word.length, SURE.latin - 0.06) : null
  }

  // The cut whose rarer half is the most frequent.
  function asTwo(word) {
    let best = [0]
    for (let at = LEAST_PART; at <= word.length - LEAST_PART; at++) {
      const [a, b] = [formIds.get(word.slice(0, at)), formIds.get(word.slice(at))]
      if (a === undefined || b === undefined) continue
      const least = Math.min(frequency(a), frequency(b))
      if (least > best[0]) best = [least, a, b]
    }
    if (!best[0]) return null
    const [first, second] = best.slice(1).map(id => ofStem(stemOf[id], id, SURE.split))
    return { ...first, shown: `${first.shown} ${second.shown}`, rest: [second] }
  }

  function mistyped(word, isLast) {
    if (word.length < 4 || word.length > 30) return null
    const isLatin = data.language !== "en" && /^[a-z]/.test(word)
    const typed = isLatin ? toCyrillic(word) : plain(word)
    const stem = plain(lasting().stem(typed))
    const most = typed.length > 7 ? 2 : 1
    const [keys, of] = [plainForms(), masks()]
    const mask = bits(typed)
    let [best, found] = [most + 0.9, []]
    for (let id = 0; id < forms.length; id++) {
      const other = keys[id]
      const longer = other.length - typed.length
      if (longer < -most || (longer > most && !isLast)) continue
      if (longer <= most ? ones(mask ^ of[id]) > 2 * most : ones(mask & ~of[id]) > most) continue
      let far
      if (longer <= most) far = distance(typed, other, most)
      else if (typed.length > 4 && typed[0] === other[0] && distance(typed, other.slice(0, typed.length), 1) === 1) far = 1.5
      else continue
      if (far > most + 0.5) continue
      if (typed[0] !== other[0]) far += 0.4
      if (far < best) [best, found] = [far, [id]]
      else if (far === best && far <= most + 0.5) found.push(id)
    }
    if (stem.length > 5 && stem.length < typed.length - 1 && best > 1)
      for (let id = 0; id < stems.length; id++) {
        if (Math.abs(stems[id].length - stem.length) > 1 || plain(stems[id][0]) !== stem[0]) continue
        if (distance(stem, plain(stems[id]), 1) > 1) continue
        const far = 1.3
        if (far < best) [best, found] = [far, formsOf(id)]
        else if (far === best) found.push(...formsOf(id))
      }
    if (best > most + 0.5 || !found.length) return null
    found.sort((a, b) => frequency(b) - frequency(a))
    const all = new Map()
    for (const id of found.slice(0, 8)) weighed(formsOf(stemOf[id]), 0.85, all)
    weighed(found, 1, all)
    return meaning(all, SURE.typo - 0.1 * best - (isLatin ? 0.05 : 0), forms[found[0]])
  }

  // ---------------------------------------------------------------- Bridges of the glossary

  const termLines = once(() => data.terms.split("\n"))
  const bridges = new Map() // first two letters of a name → [its words, the words of our name for it, whether it is of another language]

  function bridgesFrom(key) {
    if (bridges.has(key)) return bridges.get(key)
    const found = []
    for (const line of termLines()) {
      if (!line.includes(key)) continue
      const [own, foreign] = line.split("||").map(names => names.split("|").map(name => name.split(" ")))
      const tails = foreign.filter(([, second, third]) => third && second.length > 3).map(name => name.slice(1))
      for (const name of own.slice(1)) if (name[0].startsWith(key)) found.push([name, own[0], false])
      for (const name of [...foreign, ...tails]) if (name[0].startsWith(key)) found.push([name, own[0], true])
    }
    bridges.set(key, found.sort(([a], [b]) => b.length - a.length))
    return found
  }

  // Whether two words of another language are forms of one: most of the name, then a short ending.
  function alike(word, name) {
    if (word === name) return true
    let same = 0
    while (same < word.length && same < name.length && word[same] === name[same]) same++
    return same >= 4 && name.length - same <= 3 && same >= 0.7 * name.length && word.length - same <= 7
  }
  const stemmed = word => (formIds.has(word) ? stems[stemOf[formIds.get(word)]] : lasting().stem(word))
  const sameStem = (word, name) => word === name || (word.slice(0, 3) === name.slice(0, 3) && stemmed(word) === stemmed(name))

  function bridgeAt(words, at, isOurs = () => false) {
    for (const [name, own, isForeign] of bridgesFrom(words[at].slice(0, 2))) {
      if (isForeign && isOurs(name.length)) continue
      const same = isForeign ? alike : (word, other) => sameStem(word, other) || alike(word, other)
      if (at + name.length > words.length || !name.every((each, more) => same(words[at + more], each))) continue
      if (own.length === name.length && own.every((each, more) => sameStem(each, words[at + more]))) continue
      return { size: name.length, own }
    }
    return null
  }

  // A name of several words becomes one meaning for each of its words.
  function across(own) {
    const each = own.map(asIs)
    return each.every(Boolean) ? { ...each[0], sure: SURE.bridge, shown: own.join(" "), rest: each.slice(1) } : null
  }

  function throughBridge(word) {
    const bridge = bridgeAt([word], 0)
    return bridge && across(bridge.own)
  }

  // ---------------------------------------------------------------- From a query to clauses

  function ofWord(word, isLast) {
    let best = null
    for (const way of [known, data.language === "ru" ? null : spelledPlainly, throughBridge, inLatin]) {
      const found = way && way(word, isLast)
      if (found && found.sure > (best?.sure ?? 0)) best = found
      if (best?.sure >= GUESS) break
    }
    return best
  }

  // `keys` says that the longer pieces were typed on the wrong keyboard, so that short ones are read so too.
  function ofPiece(piece, isLast, keys) {
    const isTried = keys || piece.length > 2
    let words = piece.match(WORD) ?? []
    if (words.length > 1 && formIds.has(words.join(""))) words = [words.join("")] // “co-ordinator”
    let best = words.map((word, at) => [word, ofWord(word, isLast && at === words.length - 1)])
    let sure = surest(best)
    if (sure < GUESS) {
      for (const other of isTried ? otherKeyboards(piece) : []) {
        const meant = (other.match(WORD) ?? []).map(word => [word, ofWord(word, isLast)])
        const now = surest(meant) * SURE.layout
        if (now > sure) {
          for (const [, each] of meant) if (each) Object.assign(each, { keys: each.sure, sure: Math.min(each.sure * SURE.layout, GUESS - 0.01) })
          ;[best, sure] = [meant, now]
        }
      }
    }
    if (sure > 0) return best
    const guessed = best.map(([word, found]) => [word, found ?? asBeginning(word) ?? mistyped(word, isLast) ?? asTwo(word)])
    if (surest(guessed) > 0) return guessed
    for (const other of otherKeyboards(piece)) {
      const meant = (other.match(WORD) ?? []).map(word => [word, mistyped(word, isLast)])
      if (surest(meant) > 0) return meant
    }
    return best
  }

  const surest = found => (found.length ? Math.min(...found.map(([, each]) => each?.sure ?? 0)) : 0)

  /* What was typed as clauses, one for each word; and, when the glossary has another name for words that the texts have
   * too, the same with that name. */
  function clausesOf(query) {
    const isLast = !/\s$/.test(query)
    const pieces = normal(query.slice(0, LONGEST_QUERY)).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
    const read = pieces.map((piece, at) => ofPiece(piece, isLast && at === pieces.length - 1))
    const keys = read.some(words => words.some(([word, each]) => each?.keys && word.length > 2))
    const found = read.flatMap((words, at) => (keys && pieces[at].length < 4 ? ofPiece(pieces[at], isLast && at === pieces.length - 1, true) : words))
    const words = found.map(([word]) => word)
    const asKeyed = found.length === pieces.length ? pieces : words // whatever keyboard they were read by
    const meant = found.map(([word, each]) => (each && !each.shown.includes(" ") && !each.rest ? each.shown : word))
    const [typed, also, names] = [[], [], []]
    const isTyped = own => words.some(word => sameStem(word, own))
    for (let at = 0; at < found.length; at++) {
      const isOurs = size => found.slice(at, at + size).every(([, each]) => isCertain(each) && !isRare(each))
      const asTyped = bridgeAt(asKeyed, at, isOurs) ?? bridgeAt(words, at, isOurs)
      const bridge = asTyped ?? bridgeAt(meant, at, isOurs)
      const over = bridge && across(bridge.own)
      const size = over ? bridge.size : 1
      const own = found.slice(at, at + size).flatMap(([word, each]) => clause(word, each))
      if (over && asTyped && !own.every(isCertain)) {
        const whole = clause(words.slice(at, at + size).join(" "), over)
        typed.push(...whole)
        also.push(...whole)
      } else {
        typed.push(...own)
        also.push(...(over ? clause("", over) : own))
        if (over && !bridge.own.every(isTyped) && !names.includes(over.shown)) names.push(over.shown)
      }
      at += size - 1
    }
    return { typed: joined(typed).slice(0, MOST_WORDS), also: names.length ? also.slice(0, MOST_WORDS) : null, names }
  }

  // Whatever keyboard it was typed on.
  const isCertain = meant => (meant?.keys ?? meant?.sure ?? 0) >= GUESS
  function isRare({ forms }) {
    let places = 0
    const seen = new Set()
    for (const [form, sure] of forms) {
      if (sure <= 0.8) continue
      if (!seen.has(stemOf[form])) places += standing(stemOf[form])
      seen.add(stemOf[form])
      places += 3 * titled(form)
      if (places > RARE) return false
    }
    return true
  }

  function clause(typed, meant) {
    if (!meant) return [{ typed, forms: new Map(), sure: 0, shown: typed }]
    return [{ ...meant, typed }, ...(meant.rest ?? []).map(rest => ({ ...rest, typed: "", shown: "" }))]
  }

  // Two pieces that are one word: «тим лидер», “work shop”. Where both are words too, each may be meant: “safe guarding”.
  function joined(clauses) {
    for (let at = 0; at + 1 < clauses.length; at++) {
      const [a, b] = [clauses[at], clauses[at + 1]]
      if (!a.typed || !b.typed) continue
      if (Math.min(a.sure, b.sure) < GUESS) {
        const one = asIs(a.typed + b.typed)
        if (one) clauses.splice(at, 2, { typed: `${a.typed} ${b.typed}`, ...one, sure: SURE.split })
      } else if (Math.min(a.typed.length, b.typed.length) >= LEAST_PART && formIds.has(a.typed + b.typed)) {
        for (const [id, weight] of asIs(a.typed + b.typed).forms) for (const each of [a, b]) weighed([id], weight, each.forms)
      }
    }
    return clauses
  }

  // ---------------------------------------------------------------- Ranking

  const common = once(() => data.common.split(" ").map(word => formIds.get(word)))
  const isCommon = ({ forms }) => common().some(id => forms.get(id) === 1)
  // The clauses without common words; all, when there are no others.
  function telling(clauses) {
    const found = clauses.filter(clause => !isCommon(clause))
    return found.length ? found : clauses
  }

  // {sum: what each section scores, has: for each clause, the sections that have it}
  function scores(clauses) {
    const sum = new Float64Array(count)
    const covered = new Float64Array(count)
    const has = []
    let all = 0
    const isTelling = new Set(telling(clauses))
    // Latin words on Cyrillic pages stand in names and titles of sources; beside other words they are no clue.
    const isTitleOfOthers = clauses.map(({ shown }) => data.language !== "en" && /^[a-z]+$/.test(shown))
    clauses.forEach(({ forms }, nth) => {
      const weight = new Float64Array(count)
      const own = new Uint8Array(count)
      const onPage = new Uint8Array(pages.length)
      const surest = new Map() // stem → how sure we are of its surest form
      for (const [form, sure] of forms) {
        if (!(surest.get(stemOf[form]) >= sure)) surest.set(stemOf[form], sure)
        for (const section of inTitles.get(form) ?? []) {
          weight[section] += sure * TITLE
          own[section] = 1
          if (section !== firstOf[pageOf[section]]) continue
          const next = firstOf[pageOf[section] + 1] ?? count
          for (let other = section + 1; other < next; other++) weight[other] += sure * PAGE_TITLE
        }
      }
      for (const [stem, sure] of surest)
        for (let at = postingsFrom[stem]; at < postingsFrom[stem + 1]; at++) {
          const section = postings[at]
          weight[section] += sure / norm[section]
          own[section] = 1
        }
      let having = 0
      for (let section = 0; section < count; section++) if (own[section]) having += onPage[pageOf[section]] = 1
      let rarity = Math.log(1 + (count - having + 0.5) / (having + 0.5))
      if (!isTelling.has(clauses[nth])) rarity *= COMMON
      else if (isTitleOfOthers[nth] && clauses.length > 1) rarity *= COMMON
      all += rarity
      for (let section = 0; section < count; section++) {
        if (weight[section]) sum[section] += (rarity * weight[section] * (K1 + 1)) / (weight[section] + K1)
        if (own[section]) covered[section] += rarity
        else if (weight[section] || onPage[pageOf[section]]) covered[section] += rarity * NEAR
      }
      has.push(own)
    })
    for (let section = 0; section < count; section++)
      if (sum[section]) sum[section] *= (covered[section] / all) ** COVERED * (isReference[pageOf[section]] ? REFERENCE : 1)
    return { sum, has }
  }

  // Titles that say just what was asked, and those in which its words stand side by side.
  function liftTitles(sum, clauses, isNamed) {
    const words = new Set(telling(clauses).flatMap(clause => [...clause.forms.keys()]))
    for (let section = 0; section < count; section++) {
      if (!sum[section]) continue
      const title = titleForms[section]
      let [run, longest, hits] = [0, 0, 0]
      for (const id of title) {
        run = words.has(id) ? run + 1 : 0
        hits += Number(run > 0)
        if (run > longest) longest = run
      }
      if (!longest) continue
      const share = hits / Math.max(title.length, clauses.length)
      sum[section] *= 1 + 0.35 * share + (longest > 1 ? 0.15 * Math.min(longest, clauses.length) / clauses.length : 0)
      if (section === firstOf[pageOf[section]]) sum[section] *= 1 + 0.25 * share
      else if (isNamed && share === 1 && isReference[pageOf[section]]) sum[section] /= REFERENCE // the glossary's entry
    }
  }

  function ranked(clauses, isNamed = false) {
    const { sum, has } = scores(clauses)
    liftTitles(sum, clauses, isNamed)
    return { sum, has }
  }

  // A few forms with which most others begin: enough to mark the words of a clause on a page.
  function beginnings({ forms: found }) {
    const few = []
    const surer = (a, b) => found.get(b) - found.get(a) || a - b
    for (const id of [...found.keys()].sort(surer).slice(0, MOST_LOOKED_AT)) {
      const form = forms[id]
      if (few.length < MOST_MARKED && !few.some(each => form.startsWith(each))) few.push(form)
    }
    return few.sort((a, b) => b.length - a.length)
  }

  /* Find sections for what was typed, grouped by page, the best first.
   *
   * groups: [{page, items}], each item {section, location, score, isHidden, terms}; score 0…100; a hidden one is shown
   *   when the reader asks for more of the page; terms are words of the section (true) and of the query (false: missing).
   * words: the forms that were looked for, for marks. shown: the query as it was understood, if that is a guess.
   * also: another name that was looked for too. missing: words that nothing was found for.
   */
  function search(query) {
    const { typed, also, names } = clausesOf(query)
    const clauses = typed.filter(clause => clause.forms.size)
    const missing = typed.filter(clause => !clause.forms.size).map(clause => clause.typed)
    const result = { groups: [], words: new Set(), shown: "", also: "", missing }
    if (!clauses.length) return result
    if (typed.some(clause => clause.sure && clause.sure < GUESS)) result.shown = typed.map(clause => clause.shown).filter(Boolean).join(" ")
    const { sum, has } = ranked(clauses)
    if (also) {
      const other = also.filter(clause => clause.forms.size)
      const named = ranked(other, true)
      const scale = (OTHER_NAME * Math.max(...sum)) / Math.max(...named.sum) // one name is rare, the other frequent
      named.sum.forEach((score, section) => (sum[section] = Math.max(sum[section], scale * score)))
      clauses.push(...other)
      has.push(...named.has)
      result.also = names.join(", ")
    }
    const isTelling = new Set(telling(clauses))
    for (const clause of isTelling) for (const id of clause.forms.keys()) result.words.add(id)
    const byPage = new Map()
    for (let section = 0; section < count; section++)
      if (sum[section] > 0) {
        const page = pageOf[section]
        if (byPage.has(page)) byPage.get(page).push(section)
        else byPage.set(page, [section])
      }
    const better = (a, b) => sum[b] - sum[a] || a - b
    for (const each of byPage.values()) each.sort(better)
    const ordered = [...byPage.values()].sort(([a], [b]) => better(a, b))
    const top = ordered.length ? sum[ordered[0][0]] : 1
    const marked = clauses.map(clause => (isTelling.has(clause) ? beginnings(clause) : []))
    const item = (section, isHidden) => {
      const terms = {}
      clauses.forEach((clause, nth) => {
        if (has[nth][section]) for (const form of marked[nth]) terms[form] = true
      })
      clauses.forEach((clause, nth) => {
        if (!has[nth][section] && clause.typed && !also && marked[nth].length) terms[clause.shown] ??= false
      })
      return { section, location: location(section), score: (100 * sum[section]) / top, isHidden, terms }
    }
    result.groups = ordered.map((each, nth) => ({
      page: pageOf[each[0]],
      items: each.slice(0, nth < FIRST_PAGES ? MOST_SECTIONS : FEW_SECTIONS).map(section => item(section, sum[section] < SHOWN * sum[each[0]])),
    }))
    return result
  }

  // ---------------------------------------------------------------- What is shown

  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
  const escaped = text => text.replace(/[&<>"']/g, sign => SIGNS[sign])
  const ANY_WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu

  // Where the words of a text begin and end, and which forms they are.
  const placesIn = text => Array.from(text.matchAll(ANY_WORD), ({ 0: word, index }) => [index, index + word.length, formIds.get(normal(word))])

  function withMarks(text, from, to, places, words) {
    let [html, end] = ["", from]
    for (const [start, after, id] of places) {
      if (start < from || after > to || !words.has(id)) continue
      html += `${escaped(text.slice(end, start))}<mark>${escaped(text.slice(start, after))}</mark>`
      end = after
    }
    return (html + escaped(text.slice(end, to))).split("\n").join(" · ")
  }

  const location = section => pages[pageOf[section]] + (anchors[section] ? `#${anchors[section]}` : "")

  /* The text of a section, if the file with it has been loaded. */
  function text(section) {
    const first = heldFrom[fileOf[section]]
    return guideSearchTexts[location(first)]?.[section - first]
  }

  const apart = new Map() // section → its text taken apart
  function excerpt(section, words, size = 200) {
    const whole = text(section)
    if (!whole) return ""
    if (!apart.has(section)) apart.set(section, placesIn(whole))
    return partOf(whole, apart.get(section), words, size)
  }

  function partOf(text, all, words, size) {
    const places = all.filter(([, , id]) => words.has(id)).map(([start, , id]) => [start, stemOf[id]])
    let [start, most] = [0, 0]
    places.forEach(([place], at) => {
      const seen = new Set()
      for (let next = at; next < places.length && places[next][0] < place + size - 40; next++) seen.add(places[next][1])
      if (seen.size > most) [most, start] = [seen.size, place]
    })
    const lineStart = text.lastIndexOf("\n", start) + 1
    let from = start - lineStart < size / 2 ? lineStart : text.lastIndexOf(" ", start - 40) + 1
    let to = Math.min(text.length, from + size)
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), text.lastIndexOf("\n", to), from + 1)
    return (from > lineStart ? "… " : "") + withMarks(text, from, to, all, words) + (to < text.length ? " …" : "")
  }

  return {
    search,
    /* The part of a section's text with most of the words, about `size` signs long, as HTML with the words marked; ""
     * as long as the file with the text has not been loaded. */
    excerpt,
    title: section => titles[section],
    /* The title as HTML with the words marked. */
    titleHtml: (section, words) =>
      titleForms[section].some(id => words.has(id))
        ? withMarks(titles[section], 0, titles[section].length, placesIn(titles[section]), words)
        : escaped(titles[section]),
    textFile: section => textFiles[fileOf[section]],
    text,
    address: page => pages[page],
    stem: word => lasting().stem(word),
    firstOf: page => firstOf[page],
  }
}
