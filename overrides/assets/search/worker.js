/* Answers Material's search box: SETUP 0, READY 1, QUERY 2, RESULT 3 are its messages; the others are ours (box.js).
 *
 *   WAKE 4      from the page: the box is in use, load the index
 *   EXCERPTS 5  to the page: {location: HTML} for results whose texts have come after them
 *   MORE 6      from the page: the reader looks further, send the excerpts of all results
 *   RESULT 3    says also `state`: “loading” with titles that answer for now, or none; “failed”; nothing when it is whole
 *   COUNTS 7    to the page: {language: number of pages} that the other languages have for a query with no result
 *
 * The index is one script (scripts/guide/search/index.py), named in the configuration that Material passes on. It is read
 * as it comes: on a slow network its first line, with the titles, answers until the rest is there. Excerpts come from
 * small files. Opened from a disk, this runs in a hidden frame where nothing can be fetched and
 * importScripts is not finished when it returns, so what it returns is waited for.
 */
"use strict"
;(() => {
  const [SETUP, READY, QUERY, RESULT, WAKE, EXCERPTS, MORE, COUNTS] = [0, 1, 2, 3, 4, 5, 6, 7]
  const FIRST_GROUPS = 5 // whose texts are loaded at once: what a screen shows
  const RETRY = 5000 // ms after an index that did not come
  const SLOW = 250 // ms; an index whose head is there sooner will soon be there too
  const isFrame = typeof document !== "undefined"
  const here = isFrame ? document.querySelector("script[src]").src : self.location.href
  let setup = null
  let latest = ""
  let isWaiting = false
  let isAwake = false
  let shown = null // {query, result}: what the page shows now

  const url = (language, file) => new URL(`${setup.roots[language]}search/${file}`, here).href
  const loads = new Map()
  function loadOnce(address, load) {
    if (!loads.has(address)) {
      const done = load(address)
      done.catch(() => loads.delete(address)) // the next key tries again
      loads.set(address, done)
    }
    return loads.get(address)
  }
  const engine = async language => {
    await loadOnce(url(language, setup.indexes[language]), async address => (isFrame ? importScripts(address) : readIndex(address, language)))
    return guideSearches[language]
  }

  async function readIndex(address, language) {
    const started = performance.now()
    const reader = (await answered(address)).body.getReader()
    const decoder = new TextDecoder()
    let text = ""
    for (let part; !(part = await reader.read()).done; ) {
      text += decoder.decode(part.value, { stream: true })
      const end = text.indexOf("\n")
      if (draft || end < 0 || language !== setup.language || performance.now() - started < SLOW) continue
      draft = draftOf(JSON.parse(text.slice(text.indexOf("{"), end)))
      sendDraft(latest)
    }
    const script = URL.createObjectURL(new Blob([text], { type: "text/javascript" }))
    importScripts(script)
    URL.revokeObjectURL(script)
  }

  async function answered(address) {
    const answer = await fetch(address)
    if (!answer.ok) throw new Error(`${answer.status}: ${address}`)
    return answer
  }

  // Texts come side by side where that is possible: a phone's network takes long to answer, not to send.
  function loadText(file) {
    return loadOnce(url(setup.language, file), async address => {
      if (isFrame) return importScripts(address)
      const text = await (await answered(address)).text()
      guideSearchText(JSON.parse(text.slice(text.indexOf("(") + 1, -1)))
    })
  }

  // ---------------------------------------------------------------- Titles, until the index is there

  let draft = null
  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;" }
  const spaced = text => text.toLowerCase().replace(/ё/g, "е").replace(/[^\p{L}\p{N}\n]+/gu, " ")

  /* Return a function from a query to what Material shows: sections whose title, with that of their page, has words that
   * begin with each word of the query; one that is whole is worth more, and so is one of the section's own title. */
  function draftOf(head) {
    const addresses = head.pages.split("\n")
    const anchors = head.anchors.split("\n\n").map(block => ["", ...block.split("\n").map(anchor => `#${anchor}`)])
    const pages = head.titles.split("\n\n").map((block, page) => ({
      address: addresses[page],
      sections: block.split("\n").map((title, nth) => ({ title, nth, words: ` ${spaced(title)} ` })),
    }))
    const worth = (title, word) => (title.includes(` ${word} `) ? 1 : title.includes(` ${word}`) ? 0.7 : 0)

    function rated(sections, section, words) {
      const own = words.map(word => worth(section.words, word))
      const all = own.map((each, at) => each || worth(sections[0].words, words[at]) / 4)
      if (!own.some(Boolean) || !all.every(Boolean)) return 0
      return all.reduce((sum, each) => sum + each, 0) / words.length + 1 / section.words.length + (section.nth ? 0 : 0.2)
    }

    return query => {
      const words = spaced(query).split(/\s+/).filter(Boolean)
      const groups = pages.map(({ address, sections }, page) => {
        const found = sections.map(each => ({ ...each, score: rated(sections, each, words) })).filter(each => each.score)
        found.sort((a, b) => b.score - a.score)
        const best = found[0]?.score ?? 0
        const rows = found.slice(0, 3).filter(each => each.nth).map(each => ({ ...each, score: best }))
        const items = [{ ...sections[0], score: best }, ...rows].map(({ title, nth, score }) => ({
          location: address + anchors[page][nth],
          title: title.replace(/[&<>]/g, sign => SIGNS[sign]),
          text: "",
          score,
          terms: Object.fromEntries(words.map(word => [word, true])),
        }))
        return { best, items }
      })
      return groups.filter(each => each.best).sort((a, b) => b.best - a.best).map(each => each.items)
    }
  }

  function sendDraft(query) {
    if (query.trim()) postMessage({ type: RESULT, data: { items: draft?.(query) ?? [], query, state: "loading" } })
  }

  // ---------------------------------------------------------------- Answers

  const textHtml = (search, each, words) => {
    const part = search.excerpt(each.section, words)
    return part && `<p>${part}</p>`
  }
  const isLate = (search, each) => search.text(each.section) === undefined

  // Material takes the page from the item without “#”, shows the sections that score no less than the first item, and
  // hides the others; Enter opens the highest score.
  function groupItems(search, { page, items }, words, isFirst) {
    const [best] = items
    const own = items.find(each => !each.location.includes("#") && !each.isHidden)
    const parent = own ?? { section: search.firstOf(page), location: search.address(page), terms: {} }
    const sections = items.filter(each => each.location.includes("#"))
    const edge = own === best ? best.score : Math.min(...items.filter(each => !each.isHidden).map(each => each.score))
    if (own === best) for (const each of sections) if (!each.isHidden) each.score = edge
    const above = own ? edge : edge - 0.01 // Enter opens what was found, not the page above it
    return [{ ...parent, score: above }, ...sections].map(each => ({
      location: each.location,
      title: search.titleHtml(each.section, words),
      text: isFirst && !each.isHidden ? textHtml(search, each, words) : "",
      score: each.score,
      terms: each.terms,
    }))
  }

  function send(search) {
    const { query, result } = shown
    const items = result.groups.map((group, nth) => groupItems(search, group, result.words, nth < FIRST_GROUPS))
    postMessage({ type: RESULT, data: { items, query, shown: result.shown, also: result.also } })
  }

  async function sendExcerpts(search, items) {
    const now = shown
    const files = new Set(items.filter(each => isLate(search, each)).map(each => search.textFile(each.section)))
    await Promise.all(Array.from(files, file => loadText(file).catch(() => null)))
    if (shown !== now || !items.length) return
    postMessage({ type: EXCERPTS, data: Object.fromEntries(items.map(each => [each.location, textHtml(search, each, now.result.words)])) })
  }

  async function sendCounts(query) {
    const counts = {}
    for (const language of Object.keys(setup.indexes))
      if (language !== setup.language) counts[language] = (await engine(language)).search(query).groups.length
    if (latest === query) postMessage({ type: COUNTS, data: { query, counts } })
  }

  async function answer() {
    isWaiting = false
    const query = latest
    if (!query.trim()) return postMessage({ type: RESULT, data: { items: [], query: "" } })
    if (typeof guideSearches === "undefined" && !isFrame) sendDraft(query)
    const search = await engine(setup.language).catch(() => null)
    if (latest !== query) return
    if (!search) {
      postMessage({ type: RESULT, data: { items: [], query, state: "failed" } })
      return setTimeout(() => latest === query && answer(), RETRY)
    }
    shown = { query, result: search.search(query) }
    send(search)
    const { groups } = shown.result
    const first = groups.slice(0, FIRST_GROUPS).flatMap(group => group.items.filter(each => !each.isHidden))
    if (groups.length) await sendExcerpts(search, first.filter(each => isLate(search, each)))
    else await sendCounts(query)
  }

  addEventListener("message", async ({ data: message }) => {
    if (message.type === SETUP) {
      setup = message.data.config.guide
      postMessage({ type: READY })
      if (isAwake) await engine(setup.language).catch(() => null)
    } else if (message.type === WAKE) {
      isAwake = true
      if (setup) await engine(setup.language).catch(() => null)
    } else if (message.type === QUERY) {
      latest = message.data
      if (isWaiting) return
      isWaiting = true
      setTimeout(answer) // keys that came while the index was loading are answered once
    } else if (message.type === MORE && shown) {
      await sendExcerpts(await engine(setup.language), shown.result.groups.flatMap(group => group.items))
    }
  })
})()
