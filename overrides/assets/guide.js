// What a page does by itself. Every feature works, more plainly, without this file. Words come from the templates.

// ---------------------------------------------------------------- Languages

const languageLinks = [...document.querySelectorAll("[data-guide-switch]")]

// The switcher leads to the same section: sections are called the same in every language.
function keepSection() {
  languageLinks.forEach(link => { link.hash = location.hash })
}
addEventListener("hashchange", keepSection)
keepSection()

// Who has chosen a language is not asked again; who has not is offered the one that the browser prefers.
const languageKey = "guide-language"
const stored = key => { try { return localStorage.getItem(key) } catch { return null } }
const store = (key, value) => { try { localStorage.setItem(key, value) } catch { /* private mode: ask again */ } }
languageLinks.forEach(link => link.addEventListener("click", () => store(languageKey, link.hreflang)))

const offers = [...document.querySelectorAll("[data-guide-offer]")]
if (!stored(languageKey)) {
  const known = [document.documentElement.lang, ...offers.map(offer => offer.dataset.guideOffer)]
  const preferred = navigator.languages.map(tag => tag.slice(0, 2).toLowerCase()).find(code => known.includes(code))
  const offer = offers.find(each => each.dataset.guideOffer === preferred)
  if (offer) {
    offer.hidden = false
    offer.querySelector("button").addEventListener("click", () => {
      store(languageKey, document.documentElement.lang)
      offer.hidden = true
    })
  }
}

// ---------------------------------------------------------------- Definitions of terms

addEventListener("keydown", event => {
  if (event.key !== "Escape") return
  document.activeElement?.closest(".guide-term")?.blur()
  document.querySelectorAll(".guide-term:hover").forEach(term => {
    term.classList.add("guide-term--dismissed")
    term.addEventListener("mouseleave", () => term.classList.remove("guide-term--dismissed"), { once: true })
  })
})

// ---------------------------------------------------------------- Checklists

// Ticks stay on the reader's device, the same in every language: kept by page, section and place in the list.
const page = document.querySelector("meta[name=guide-page]")?.content
const section = item => {
  let heading = item.closest("ul, ol")
  while (heading && !/^H[1-6]$/.test(heading.tagName)) heading = heading.previousElementSibling || heading.parentElement
  return heading?.id || ""
}
const counts = {}
document.querySelectorAll(".task-list-item").forEach((item, number) => {
  const box = item.querySelector("input[type=checkbox]")
  const place = counts[section(item)] = (counts[section(item)] || 0) + 1
  const key = `guide-tick:${page}#${section(item)}:${place}`
  const text = document.createElement("span")
  text.id = `tick-${number}`
  text.append(...[...item.childNodes].filter(node => !node.contains(box)))
  item.append(text)
  box.setAttribute("aria-labelledby", text.id)
  text.addEventListener("click", event => { if (!event.target.closest("a, .guide-term")) box.click() })
  box.checked = box.checked || stored(key) === "1"
  box.addEventListener("change", () => store(key, box.checked ? "1" : "0"))
})
