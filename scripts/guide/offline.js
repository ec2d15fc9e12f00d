// Links that a script has made name a folder, as on a server. From a disk a folder would show the list of its files.
for (const event of ["pointerdown", "focusin", "click"]) addEventListener(event, ({ target }) => {
  const link = target instanceof Element && target.closest("a[href]")
  if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html"
}, true)
