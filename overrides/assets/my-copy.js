// "Is my copy current?": answers from the data that stand in the page. What is typed goes nowhere, and never becomes markup.

const copyForm = document.querySelector(".guide-copy")
const copyData = copyForm && JSON.parse(document.getElementById("guide-editions").textContent)
const codes = new Map(copyData?.copies.map(([code], place) => [code, place]))
const LONGEST_TYPED = 2000

// A code has only the digits and a–f: whatever looks like one of them is meant for it. The Cyrillic letters are those
// of a Kazakh or a Russian keyboard.
const ALIKE = {а: "a", в: "b", с: "c", е: "e", ё: "e", о: "0", o: "0", l: "1", i: "1", і: "1", з: "3", б: "6"}

// Returns the place of the copy among those that the page knows, or -1. An address with ?copy= and a longer name of a
// commit will do, and so will the number of an edition.
function placeOf(typed) {
  let text = typed.slice(0, LONGEST_TYPED)
  const inAddress = /[?&]copy=([^&#\s]*)/.exec(text)
  if (inAddress) try { text = decodeURIComponent(inAddress[1].replaceAll("+", " ")) } catch { text = inAddress[1] }
  text = text.normalize("NFKC").toLowerCase()
  const pieces = text.split(/[\s"'«»“”()<>:;·#]+/)
  for (const piece of [text.replace(/[\s.\-–—]+/g, ""), ...pieces]) {
    const code = [...piece.replace(/[.,!?]+$/, "")].map(sign => ALIKE[sign] || sign).join("")
    if (/^[0-9a-f]{7,64}$/.test(code) && codes.has(code.slice(0, 7))) return codes.get(code.slice(0, 7))
  }
  const names = new Map(Object.entries(copyData.editions))
  const name = pieces.map(piece => piece.replace(",", ".").replace(/[.!?]+$/, "")).find(each => names.has(each))
  return name === undefined ? -1 : names.get(name)
}

const element = (name, text, properties = {}) => Object.assign(document.createElement(name), {textContent: text}, properties)
const filled = (key, ...values) => values.reduce((text, value) => text.replace("{}", () => value), copyData.words[key])
const linked = (title, address) => address ? element("a", title, {href: address}) : element("span", title)

// What the copy at a place finds where it is different: "" or changed, new, removed.
const kindAt = (kinds, place) => (kinds.find(([end]) => place < end) || ["", ""])[1]

// Returns an item for each page that differs from the copy, with its sections.
function changesSince(place) {
  return copyData.pages.flatMap(([title, address, kinds, sections]) => {
    const kind = kindAt(kinds, place)
    if (!kind) return []
    const item = element("li", "")
    item.append(linked(title, address))
    if (kind !== "changed") {
      item.append(` (${copyData.words[`change_${kind}_page`]})`)
      return [item]
    }
    const list = element("ul", "")
    for (const [name, where, changed] of sections) {
      const what = kindAt(changed, place)
      if (!what) continue
      const line = element("li", "")
      line.append(linked(name, where))
      if (what !== "changed") line.append(` (${copyData.words[`change_${what}`]})`)
      list.append(line)
    }
    item.append(list)
    return [item]
  })
}

function answerTo(typed) {
  const paragraph = text => element("p", text)
  if (!typed.trim()) return ["empty", [paragraph(copyData.words.copy_empty)]]
  const place = placeOf(typed)
  if (place < 0) {
    const hints = element("ul", "")
    for (const key of ["signs", "newer", "other"]) hints.append(element("li", copyData.words[`copy_unknown_${key}`]))
    return ["unknown", [paragraph(copyData.words.copy_unknown), hints]]
  }
  const [held, items] = [copyData.copies[place][1], changesSince(place)]
  if (!items.length) {
    const isLast = place === copyData.copies.length - 1
    return ["newest", [paragraph(isLast ? filled("copy_newest", held) : filled("copy_same", held))]]
  }
  const list = element("ul", "")
  list.append(...items)
  const download = element("p", "")
  download.append(linked(copyData.words.copy_download, copyData.downloads))
  return ["older", [paragraph(filled("copy_older", held)), download, paragraph(filled("copy_changed", copyData.newest)), list]]
}

function showAnswer() {
  const [kind, nodes] = answerTo(copyForm.elements.copy.value)
  // A page that was carried away as a file does not learn of newer texts.
  const isFile = location.protocol === "file:" && kind !== "empty"
  if (isFile) nodes.push(element("p", filled("copy_offline", copyData.made)))
  const answer = copyForm.querySelector("[role=status]")
  answer.dataset.guideAnswer = kind
  answer.replaceChildren(...nodes)
}

if (copyForm) {
  copyForm.hidden = false
  copyForm.addEventListener("submit", event => {
    event.preventDefault()
    showAnswer()
  })
  const asked = new URLSearchParams(location.search).get("copy")
  if (asked) {
    copyForm.elements.copy.value = asked.slice(0, LONGEST_TYPED)
    showAnswer()
    // Who came with a code in the address and changes the language need not type it.
    for (const link of document.querySelectorAll("[data-guide-switch]")) link.search = location.search
  }
}
