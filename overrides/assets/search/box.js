/* The page's side of our search: what Material's box does not do. It runs before Material's script.
 *
 * Material starts the worker and shows its results. We wake the worker when the box is used, so that the index comes
 * then and on no other page; search at every change of the box, not only at a key (phones, paste); say which words were
 * looked for when that is a guess; put in excerpts that come after their results; and when nothing is found, say what
 * the other languages have. worker.js names the messages. What a reader types is only ever put in as text.
 */
;(() => {
  "use strict"
  const [RESULT, WAKE, EXCERPTS, MORE, COUNTS] = [3, 4, 5, 6, 7]
  const { words, languages } = JSON.parse(document.getElementById("guide-search").textContent)
  const box = document.querySelector("[data-md-component=search-query]")
  const output = document.querySelector("[data-md-component=search-result]")
  if (!box || !output) return
  const list = output.querySelector("ol")
  const meta = output.querySelector(".md-search-result__meta")
  const note = document.createElement("div")
  note.className = "guide-search-note"
  note.setAttribute("role", "status")
  output.insertBefore(note, list)

  box.maxLength = 200
  const changed = () => box.dispatchEvent(new KeyboardEvent("keyup"))
  box.addEventListener("input", changed)
  box.form.addEventListener("reset", () => setTimeout(changed))

  // ---------------------------------------------------------------- What is said above the results

  function say(text, ...more) {
    const line = document.createElement("p")
    line.append(text, ...more)
    note.append(line)
  }

  function saidWith(sentence, name) {
    const [before, after] = sentence.split("{}")
    const bold = document.createElement("b")
    bold.textContent = name
    return [before, bold, after]
  }

  let turn = 0
  function onResult({ items, query, shown, also, state }) {
    note.textContent = ""
    excerpts = {}
    hasAsked = false
    if (shown) say(...saidWith(words.search_shown, shown))
    if (also) say(...saidWith(words.search_also, also))
    const now = ++turn
    if (!query || items.length) return
    if (state === "failed") say(words.search_failed)
    if (!state) return say(...saidWith(words.search_none, query), " ", words.search_advice)
    const instead = state === "loading" ? words.search_loading : ""
    setTimeout(() => now === turn && (meta.textContent = instead)) // of “nothing found”, which Material says
  }

  function onCounts({ query, counts }) {
    for (const { code, home, found } of languages) {
      if (!counts[code]) continue
      const link = document.createElement("a")
      link.href = `${home}?${new URLSearchParams({ q: query })}`
      link.lang = link.hreflang = code
      const text = document.createElement("span")
      text.dataset.mdScore = 0 // Material opens the highest score at Enter, and needs one
      text.textContent = found.replace("{}", counts[code])
      link.append(text)
      link.addEventListener("click", event => {
        if (event.isTrusted) return
        event.preventDefault() // Enter in the box must not leave the language
        event.stopPropagation()
      })
      say(link)
    }
    if (!note.querySelector("a")) say(words.search_nowhere)
  }

  // ---------------------------------------------------------------- Excerpts that come late

  let excerpts = {}
  let hasAsked = false // for the excerpts of results further down
  let base
  function fillIn() {
    if (!Object.keys(excerpts).length) return
    for (const link of list.querySelectorAll("a.md-search-result__link")) {
      const article = link.querySelector("article")
      if (article.querySelector("p:not(.md-search-result__terms)")) continue
      const to = new URL(link.href)
      const html = excerpts[to.href.replace(to.search, "")]
      if (html) article.querySelector("h1, h2").insertAdjacentHTML("afterend", html)
    }
  }
  function onExcerpts(found) {
    base ??= new URL(JSON.parse(document.getElementById("__config").textContent).base, location)
    for (const [address, html] of Object.entries(found)) excerpts[new URL(address, base).href] = html
    fillIn()
  }
  new MutationObserver(fillIn).observe(list, { childList: true })

  // ---------------------------------------------------------------- The worker

  const answers = { [RESULT]: onResult, [EXCERPTS]: onExcerpts, [COUNTS]: onCounts }
  const Original = window.Worker
  window.Worker = class extends Original {
    constructor(...options) {
      super(...options)
      this.addEventListener("message", ({ data }) => answers[data.type]?.(data.data))
      const wake = () => this.postMessage({ type: WAKE })
      box.addEventListener("focus", wake)
      for (const opener of document.querySelectorAll("[for=__search]")) opener.addEventListener("pointerdown", wake)
      const more = () => {
        if (hasAsked) return
        hasAsked = true
        this.postMessage({ type: MORE })
      }
      output.closest(".md-search__scrollwrap").addEventListener("scroll", more, { passive: true })
      list.addEventListener("toggle", more, true)
    }
  }
})()
