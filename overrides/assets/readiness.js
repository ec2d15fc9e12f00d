// The self-assessment: each statement of the checklist is answered with yes, partly or no; the page draws the result of
// each theme and writes a plan from the gaps. Answers stay on the device. Their keys, theme and place in it, are the same
// in every language. Without scripts the page is a checklist.

const readyWords = JSON.parse(document.getElementById("guide-ready-words").textContent)
const CHOICES = ["yes", "partly", "no"]
const readyKey = "guide-readiness"
const LONGEST_FILE = 20000 // characters: a file of answers has a few hundred
const SVG = "http://www.w3.org/2000/svg"
const made = (name, properties = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...inside)
  return element
}
const said = (key, ...values) => values.reduce((text, value) => text.replace("{}", () => value), readyWords[`ready_${key}`])

// ---------------------------------------------------------------- What the page asks

const themes = []
let heading = document.getElementById("statements")
while (heading && (heading = heading.nextElementSibling) && heading.tagName !== "H2") {
  if (heading.tagName === "H3") themes.push({name: heading.id, title: heading.firstChild.textContent.trim(), statements: []})
  for (const item of heading.matches("ul") ? heading.children : []) {
    const theme = themes.at(-1)
    if (theme) theme.statements.push({key: `${theme.name}:${theme.statements.length + 1}`, item})
  }
}
const statements = themes.flatMap(theme => theme.statements)
const known = new Set(statements.map(statement => statement.key))

// ---------------------------------------------------------------- Answers

// Only answers that the page knows: what was stored may be older than the page, what is imported may be anything.
const cleaned = data => Object.fromEntries(
  Object.entries(data && typeof data === "object" ? data : {}).filter(([key, value]) => known.has(key) && CHOICES.includes(value)))

function read() {
  try { return cleaned(JSON.parse(localStorage.getItem(readyKey))) } catch { return {} }
}
let answers = read()
function keep() {
  try { localStorage.setItem(readyKey, JSON.stringify(answers)) } catch { /* private mode: answers last as long as the page */ }
}

for (const {key, item} of statements) {
  const label = item.querySelector("label")
  label.querySelector("input").remove()
  const words = made("span", {id: `ready-${key}`})
  words.append(...label.childNodes)
  const choices = made("span", {className: "guide-ready__choices", role: "radiogroup"})
  choices.setAttribute("aria-labelledby", words.id)
  for (const choice of CHOICES) {
    const box = made("input", {type: "radio", name: `ready-${key}`, value: choice, checked: answers[key] === choice})
    box.addEventListener("change", () => { answers[key] = choice; keep(); show() })
    choices.append(made("label", {}, box, " ", said(choice)))
  }
  label.replaceWith(words, choices)
  item.classList.add("guide-ready__statement")
}

// ---------------------------------------------------------------- The result

const status = made("p", {role: "status"})
const bars = made("ul", {className: "guide-ready__bars"})
const plan = made("div", {className: "guide-ready__plan"})
const problem = made("p", {className: "guide-ready__problem", role: "alert"})
const file = made("input", {type: "file", accept: ".json,application/json", hidden: true})
const button = (key, act) => {
  const each = made("button", {type: "button", className: "md-button", textContent: said(key)})
  each.addEventListener("click", act)
  return each
}
const panel = made("div", {className: "guide-ready"}, status, bars, plan, made("p", {className: "guide-ready__buttons"},
  button("print", () => print()), button("export", exported), button("import", () => file.click()), button("clear", cleared), file), problem)

function bar(theme) {
  const width = 200, drawing = document.createElementNS(SVG, "svg")
  const counts = Object.fromEntries(CHOICES.map(choice => [choice, theme.statements.filter(each => answers[each.key] === choice).length]))
  drawing.setAttribute("viewBox", `0 0 ${width} 12`)
  drawing.setAttribute("role", "img")
  drawing.setAttribute("aria-label", said("counts", counts.yes, counts.partly, counts.no, theme.statements.length))
  let start = 0
  for (const [kind, count] of [["all", theme.statements.length], ["yes", counts.yes], ["partly", counts.partly]]) {
    const part = document.createElementNS(SVG, "rect"), length = width * count / theme.statements.length
    for (const [name, value] of Object.entries({class: kind, x: kind === "all" ? 0 : start, y: 0, width: length, height: 12}))
      part.setAttribute(name, value)
    if (kind !== "all") start += length
    drawing.append(part)
  }
  return made("li", {}, made("a", {href: `#${theme.name}`, textContent: theme.title}), drawing,
    made("span", {textContent: said("points", counts.yes, theme.statements.length)}))
}

// The gaps, "no" before "partly": what to do, with the statement's own link, who and by when to be written by hand.
function planned() {
  const gaps = ["no", "partly"].flatMap(choice => statements.filter(each => answers[each.key] === choice))
  if (!gaps.length) return [made("p", {textContent: said(Object.keys(answers).length === statements.length ? "none" : "empty")})]
  const head = made("tr", {}, ...["gap", "who", "when"].map(key => made("th", {textContent: said(key), scope: "col"})))
  const rows = gaps.map(({key, item}) => {
    const words = item.querySelector("span").cloneNode(true)
    words.removeAttribute("id")
    return made("tr", {}, made("td", {}, made("b", {textContent: `${said(answers[key])}: `}), ...words.childNodes), made("td"), made("td"))
  })
  return [made("h3", {textContent: said("plan")}), made("table", {}, made("thead", {}, head), made("tbody", {}, ...rows))]
}

function show() {
  status.textContent = said("progress", Object.keys(answers).length, statements.length)
  bars.replaceChildren(...themes.map(bar))
  plan.replaceChildren(...planned())
}

// ---------------------------------------------------------------- Answers as a file

function exported() {
  const data = JSON.stringify({what: readyKey, answers}, null, 1)
  const link = made("a", {href: URL.createObjectURL(new Blob([data], {type: "application/json"})), download: `${readyKey}.json`})
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

function taken(given) {
  answers = given
  keep()
  for (const {key, item} of statements)
    for (const box of item.querySelectorAll("input")) box.checked = answers[key] === box.value
  show()
}

function cleared() {
  if (confirm(said("sure"))) taken({})
}

file.addEventListener("change", async () => {
  problem.textContent = ""
  try {
    const text = file.files[0].size > LONGEST_FILE ? "" : await file.files[0].text()
    const data = JSON.parse(text)
    if (data.what !== readyKey) throw new SyntaxError()
    taken(cleaned(data.answers))
  } catch { problem.textContent = said("bad") }
  file.value = ""
})

const result = document.getElementById("read-the-result")
if (result && statements.length) {
  result.after(panel)
  show()
}
