// Two languages side by side. The article of this page in the other language is fetched and set level with this one,
// block by block. Nothing of this page moves: the other language comes in between, and goes again without a trace.
// How it looks on a wide screen, a phone and paper is in beside.css; words come from main.html.

{
  const control = document.querySelector(".guide-beside")
  const article = document.querySelector("article.md-content__inner")
  const own = document.documentElement.lang
  const isFile = location.protocol === "file:"

  // ---------------------------------------------------------------- What the reader has chosen

  const buttons = control ? [...control.querySelectorAll("button")] : []
  const isOffered = code => buttons.some(button => button.value === code)
  const pairKey = "guide-beside" // "kk ru": the language of the page, and the one that the reader put beside it
  const remembered = () => { try { return localStorage.getItem(pairKey) || "" } catch { return "" } }
  const remember = pair => { try { localStorage.setItem(pairKey, pair) } catch { /* private mode: this page only */ } }

  // An address that says it is heard first. Who reads kk beside ru and goes over to ru still reads the two.
  function chosen() {
    const asked = new URLSearchParams(location.search).get("beside")
    const [first, second] = remembered().split(" ")
    return [asked, second === own ? first : second].find(isOffered) || ""
  }

  function showInAddress(code) {
    const address = new URL(location.href)
    if (code) address.searchParams.set("beside", code)
    else address.searchParams.delete("beside")
    try { history.replaceState(history.state, "", address) } catch { /* a browser may guard the address of a file */ }
  }

  // ---------------------------------------------------------------- The article in the other language

  const loading = {} // language → promise of its article, made ready to stand on this page

  async function load(code) {
    const address = new URL(document.querySelector(`.guide-languages a[hreflang="${code}"]`).href.split("#")[0])
    const text = await (isFile ? framed(address) : fetched(address))
    const page = new DOMParser().parseFromString(text, "text/html")
    const found = page.querySelector("article.md-content__inner")
    if (page.documentElement.lang !== code || !found) throw new Error(`${address} is not a page in ${code}`)
    return madeReady(found, address)
  }

  async function fetched(address) {
    const answer = await fetch(address)
    if (!answer.ok || new URL(answer.url).origin !== location.origin) throw new Error(`${answer.status} ${answer.url}`)
    return answer.text()
  }

  // A page opened from a file may not fetch another: it opens that page out of sight and asks it what it says.
  function framed(address) {
    const frame = document.createElement("iframe")
    const heard = new AbortController()
    const said = new Promise((resolve, reject) => {
      addEventListener("message", ({ source, data }) => {
        if (source === frame.contentWindow && typeof data?.guidePage === "string") resolve(data.guidePage)
      }, heard)
      frame.addEventListener("load", () => frame.contentWindow.postMessage("guide-page", "*"))
      setTimeout(() => reject(new Error(`${address} does not answer`)), 10000)
    })
    frame.hidden = true
    frame.src = address
    document.body.append(frame)
    return said.finally(() => {
      heard.abort()
      frame.remove()
    })
  }

  const isFramed = isFile && parent !== window
  if (isFramed) addEventListener("message", event => {
    if (event.source === parent && event.data === "guide-page") {
      parent.postMessage({ guidePage: document.documentElement.outerHTML }, "*")
    }
  })

  const PREFIX = "beside:" // before each id that comes over, so that none stands twice
  const ACTIVE = "script, style, link, meta, base, iframe, object, embed, form, template"
  const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href"]
  const REFERENCES = ["for", "headers", "aria-describedby", "aria-labelledby", "aria-controls"]
  const PROTOCOLS = ["http:", "https:", "mailto:", "tel:", "file:"]

  // Take out what could act by itself; make ids, references and addresses right for this page.
  function madeReady(found, base) {
    found.querySelectorAll(`${ACTIVE}, .headerlink`).forEach(element => element.remove())
    const ids = new Set([...found.querySelectorAll("[id]")].map(element => element.id))
    const renamed = id => ids.has(id) ? PREFIX + id : id
    const changed = (name, value) => {
      if (name.startsWith("on") || name === "srcdoc") return null
      if (name === "id") return PREFIX + value
      if (REFERENCES.includes(name)) return value.split(" ").map(renamed).join(" ")
      if (ADDRESSES.includes(name)) return addressFrom(new URL(value, base), base, ids)
      return value.replace(/url\(#([^)]+)\)/g, (_, id) => `url(#${renamed(id)})`)
    }
    for (const element of found.querySelectorAll("*")) {
      for (const { name, value } of [...element.attributes]) {
        const now = changed(name, value)
        if (now === null) element.removeAttribute(name)
        else if (now !== value) element.setAttribute(name, now)
      }
    }
    return found
  }

  // A link was written for the other page. What it leads to on that page stands here as well.
  function addressFrom(to, base, ids) {
    const id = to.hash.slice(1)
    if (!PROTOCOLS.includes(to.protocol)) return null
    if (to.href.split("#")[0] === base.href && ids.has(id)) return `#${PREFIX}${id}`
    const isOurs = !isFile && to.origin === location.origin
    return isOurs ? to.pathname + to.search + to.hash : to.href // print shows an address that begins with http
  }

  // ---------------------------------------------------------------- Sections, and which blocks stand level

  // id → blocks: a section begins at a heading; what stands before the first is ""; footnotes and the law are sections.
  function sectionsOf(root) {
    const found = new Map([["", []]])
    let id = ""
    for (const block of root.children) {
      if (/^H[1-6]$/.test(block.tagName)) id = block.id.replace(PREFIX, "")
      else if (block.matches(".footnote, .guide-law")) id = block.classList[0]
      found.set(id, [...(found.get(id) || []), block])
    }
    return found
  }

  // [[mine, theirs]]: the blocks of a section agree (rule same-blocks); only paragraphs and notices may be more in one.
  function pairsOf(mine, theirs) {
    const [a, b, found] = [[...mine], [...theirs], []]
    const isAlone = (block, rest) => !rest.length || block.matches("p, .guide-late")
    while (a.length || b.length) {
      const agree = a.length && b.length && a[0].tagName === b[0].tagName && a[0].className === b[0].className
      if (!agree && a.length && isAlone(a[0], b)) found.push([a.shift()])
      else if (!agree && b.length && isAlone(b[0], a)) found.push([undefined, b.shift()])
      else found.push([a.shift(), b.shift()])
    }
    return found
  }

  // What stands level one by one if two blocks have the same number of it: items, rows of a table, footnotes.
  function rowsIn(block) {
    if (block.matches("ul, ol")) return [...block.children]
    if (block.matches(".guide-table")) return [...block.rows]
    if (block.matches(".footnote")) return [...block.querySelectorAll(":scope > hr, :scope > ol > li")]
    return []
  }

  // A table with more columns than that takes the whole width, one language above the other.
  const MOST_COLUMNS = { screen: 3, paper: 2 }
  const columnsOf = block => block?.matches(".guide-table") ? block.rows[0].cells.length : 0

  // ---------------------------------------------------------------- On and off

  const before = new Map() // element of this page that was given a look → its own attributes
  let untick = new AbortController()

  function give(element, style, ...classes) {
    if (!element) return
    if (!before.has(element)) before.set(element, ["style", "class"].map(name => [name, element.getAttribute(name)]))
    const added = Object.entries(style).map(([name, value]) => `${name}: ${value}`)
    element.setAttribute("style", [element.getAttribute("style"), ...added].filter(Boolean).join("; "))
    if (classes.length) element.classList.add(...classes)
  }

  function put(code, other) {
    const [mine, theirs] = [sectionsOf(article), sectionsOf(other)]
    let row = 2 // the first is Material's own, article::before
    mine.get("").forEach(block => give(block, { "--guide-area": `${row++} / 1 / auto / -1` }))
    let last = mine.get("").at(-1)
    for (const id of inOrder([...mine.keys()], [...theirs.keys()]).filter(Boolean)) {
      const [blocks, others] = [mine.get(id) || [], theirs.get(id) || []]
      row = setLevel(pairsOf(blocks, others), row)
      tickTogether(blocks, others)
      const part = document.createElement("div")
      part.className = "guide-other"
      part.lang = code
      part.append(...others)
      last = blocks.at(-1) || last
      last.after(part)
      last = part
    }
    const nameOf = lang => JSON.stringify(document.querySelector(`.guide-languages a[hreflang="${lang}"]`).title)
    give(article, { "--guide-first": nameOf(own), "--guide-second": nameOf(code) }, "guide-two")
  }

  // The order of this page; a section that only the other page has comes after the one that it follows there.
  function inOrder(mine, theirs) {
    const all = [...mine]
    theirs.forEach((id, place) => {
      if (!all.includes(id)) all.splice(all.indexOf(theirs[place - 1]) + 1, 0, id)
    })
    return all
  }

  // Give each block its rows in the grid, beginning with `row`, and return the first that is free.
  function setLevel(pairs, row) {
    for (const pair of pairs) {
      const [mine, theirs] = pair.map(block => block ? rowsIn(block) : [])
      const columns = Math.max(...pair.map(columnsOf))
      const [onScreen, onPaper] = [columns > MOST_COLUMNS.screen, columns > MOST_COLUMNS.paper]
      const isLevel = mine.length > 1 && mine.length === theirs?.length && !onScreen
      pair.forEach((block, side) => {
        const across = `${row + side} / 1 / auto / -1`
        give(block, {
          "--guide-area": onScreen ? across : `${row} / ${side + 1} / span ${isLevel ? mine.length : 1}`,
          "--guide-paper": onPaper ? across : `${row} / ${side + 1}`,
          "--guide-columns": columns,
        }, ...isLevel ? ["guide-level"] : [])
        const items = isLevel ? [mine, theirs][side] : []
        items.forEach((item, place) => give(item, { "--guide-paper": `${row + place} / ${side + 1}` }))
      })
      row += Math.max(isLevel ? mine.length : 1, onPaper ? 2 : 1)
    }
    return row
  }

  // A box that is ticked in one language is ticked in the other.
  function tickTogether(mine, theirs) {
    const boxes = blocks => blocks.flatMap(block => [...block.querySelectorAll(".task-list-item [type=checkbox]")])
    const others = boxes(theirs)
    boxes(mine).forEach((box, place) => {
      const other = others[place]
      if (!other) return
      other.checked = box.checked
      box.addEventListener("change", () => { other.checked = box.checked }, untick)
      other.addEventListener("change", () => {
        box.checked = other.checked
        box.dispatchEvent(new Event("change"))
      })
    })
  }

  function takeAway() {
    article.querySelectorAll(".guide-other").forEach(part => part.remove())
    for (const [element, attributes] of before) {
      for (const [name, value] of attributes) {
        if (value === null) element.removeAttribute(name)
        else element.setAttribute(name, value)
      }
    }
    before.clear()
    untick.abort()
    untick = new AbortController()
  }

  // Change the page so that the block which is being read stays where it is.
  function keepingPlace(change) {
    const top = document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0
    const isBelow = block => block.getBoundingClientRect().bottom > top
    const read = [...article.children].find(block => !block.matches(".guide-other") && isBelow(block))
    const place = read?.getBoundingClientRect().top
    change()
    if (read && scrollY > 0) scrollBy({ top: read.getBoundingClientRect().top - place, behavior: "instant" })
  }

  const status = control?.querySelector("[role=status]")
  const say = (words, isSeen) => {
    status.textContent = words
    status.classList.toggle("guide-beside__seen", isSeen)
  }

  let turns = 0

  // Show the page beside `code`, or by itself if it is "". Returns whether it does; a later turn overtakes this one.
  async function turn(code) {
    const [button, now] = [buttons.find(each => each.value === code), ++turns]
    let other
    if (code) {
      const slow = setTimeout(() => now === turns && say(control.dataset.guideWait, true), 300)
      try {
        other = await (loading[code] ??= load(code))
      } catch {
        delete loading[code]
        if (now === turns) say(button.dataset.guideFailed, true)
        return false
      } finally {
        clearTimeout(slow)
      }
      if (now !== turns) return false
    }
    keepingPlace(() => {
      takeAway()
      if (code) put(code, document.importNode(other, true))
    })
    buttons.forEach(each => each.setAttribute("aria-pressed", each === button))
    say(button ? button.dataset.guideOn : control.dataset.guideOff, false)
    showInAddress(code)
    return true
  }

  for (const button of buttons) button.addEventListener("click", async () => {
    const code = button.getAttribute("aria-pressed") === "true" ? "" : button.value
    if (await turn(code)) remember(code && `${own} ${code}`)
  })

  if (control && !isFramed && chosen()) turn(chosen()).then(isOn => {
    const target = location.hash.startsWith(`#${PREFIX}`) && document.getElementById(location.hash.slice(1))
    if (isOn && target) target.scrollIntoView()
  })
}
