// What a page does by itself. Every feature works, more plainly, without this file. Words come from the templates.

// ---------------------------------------------------------------- Languages

const languageLinks = [...document.querySelectorAll("[data-guide-switch]")]

// The switcher leads to the section that is being read: sections are called the same in every language.
function sectionInView() {
  const top = (document.querySelector(".md-header")?.getBoundingClientRect().bottom || 0) + 40
  const headings = [...document.querySelectorAll("article :is(h1, h2, h3)[id]:not(.guide-other *)")]
  const above = headings.filter(heading => heading.getBoundingClientRect().top <= top)
  return above.length && scrollY > 0 ? "#" + above.pop().id : location.hash
}
languageLinks.forEach(link => {
  for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, () => { link.hash = sectionInView() })
})

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

// A definition near the right edge moves to the left, so that it stays on the screen.
for (const event of ["mouseover", "focusin"]) addEventListener(event, ({ target }) => {
  const term = target.closest?.(".guide-term")
  if (!term) return
  term.style.removeProperty("--guide-shift")
  const beyond = term.querySelector(".guide-note").getBoundingClientRect().right - document.documentElement.clientWidth + 16
  if (beyond > 0) term.style.setProperty("--guide-shift", `${-beyond}px`)
})

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
document.querySelectorAll(".task-list-item").forEach(item => {
  const box = item.querySelector("input[type=checkbox]")
  const place = counts[section(item)] = (counts[section(item)] || 0) + 1
  const key = `guide-tick:${page}#${section(item)}:${place}`
  box.checked = box.checked || stored(key) === "1"
  box.addEventListener("change", () => store(key, box.checked ? "1" : "0"))
})
